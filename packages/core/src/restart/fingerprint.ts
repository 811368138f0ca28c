import { createHash } from 'node:crypto';
import type { FileSystem } from '@holdfast/config';

/** Files as they were read, and what was in them, in a few bytes. */
export interface Fingerprinting {
  readonly files: FileSystem;
  /**
   * Of these files as they were when they were read, and of what their meaning hangs on besides.
   * @param paths as the reader names them
   */
  fingerprint(paths: readonly string[], ...circumstances: readonly string[]): string;
}

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * Watches what is read, so that nobody can change a file between the reading and the summing up. Two daemons that read
 * the same have the same configuration, whatever their versions are.
 */
export function fingerprinting(files: FileSystem): Fingerprinting {
  const read = new Map<string, string>();
  return {
    files: {
      ...files,
      read(path) {
        const result = files.read(path);
        if (!read.has(path)) read.set(path, result.ok ? digest(result.value) : result.error.code);
        return result;
      },
    },
    fingerprint: (paths, ...circumstances) =>
      digest(JSON.stringify([paths.map((path) => [path, read.get(path) ?? '']), circumstances])),
  };
}
