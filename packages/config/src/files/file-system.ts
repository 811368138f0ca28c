import type { Result } from '@holdfast/kit';

/** What reading a configuration needs of a file system. Paths are absolute. */
export interface FileSystem {
  readonly read: (path: string) => Result<Uint8Array, FileFailure>;
  /** `undefined`: there is nothing of that name, or it may not be looked at. Symbolic links are followed. */
  readonly stat: (path: string) => FileStatus | undefined;
  /** Names in a directory, in any order; `undefined` when it cannot be read. */
  readonly list: (directory: string) => readonly string[] | undefined;
}

export interface FileFailure {
  /** `ENOENT`, `EACCES` and the like. */
  readonly code: string;
}

export interface FileStatus {
  readonly kind: 'file' | 'directory' | 'other';
  /** Permission bits: `0o644`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}
