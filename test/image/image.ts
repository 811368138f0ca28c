import { readFileSync } from 'node:fs';

/** What an engine reads of an image; written by build.mjs. */
export interface Image {
  /** Its root file system, only to be read. */
  readonly rootfs: string;
  /** A folder for what the containers need. */
  readonly scratch: string;
  readonly config: ImageConfig;
  readonly history: readonly { readonly created_by?: string }[];
  /** The base's first. */
  readonly layers: readonly Layer[];
}

/** Names and shapes of the image specification of Docker. */
export interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  /** Times are in nanoseconds. */
  readonly Healthcheck: { readonly Test: readonly string[]; readonly Timeout: number };
}

export interface Layer {
  readonly paths: readonly string[];
  /** Bytes as it travels. */
  readonly compressed: number;
  /** Bytes of its files. */
  readonly unpacked: number;
}

export function readImage(path: string): Image {
  const image: Image = JSON.parse(readFileSync(path, 'utf8'));
  return image;
}
