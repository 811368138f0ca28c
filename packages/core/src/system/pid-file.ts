import {
  closeSync,
  constants,
  fchmodSync,
  ftruncateSync,
  openSync,
  readlinkSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { fail, ok, type Result } from '@holdfast/kit';

/** A pid file that is ours as long as the process lives: the lock, not the content, says so. */
export interface PidFile {
  readonly path: string;
  /** Writes a process id in the place of what stood there. @returns why it could not: a full disk ends no daemon */
  write(pid: number): string | undefined;
  /** Deletes the file; the lock goes with its descriptor. */
  remove(): void;
}

export type PidFileFailure =
  /** Another daemon holds it. */
  | { readonly kind: 'held'; readonly path: string }
  | { readonly kind: 'unusable'; readonly path: string; readonly message: string };

/**
 * Opens a pid file without following a symbolic link and locks it for the life of this process. What a dead daemon
 * left is taken over.
 * @param lock an open file description lock on the whole file; false when another one holds it
 */
export function claimPidFile(path: string, lock: (fd: number) => boolean): Result<PidFile, PidFileFailure> {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o644);
  } catch (error) {
    return fail({ kind: 'unusable', path, message: explain(path, error) });
  }
  if (!lock(fd) || heldWithoutLock(fd)) {
    closeSync(fd);
    return fail({ kind: 'held', path });
  }
  return ok({
    path,
    write: (pid) => write(path, fd, `${pid}\n`),
    remove: () => {
      rmSync(path, { force: true });
      closeSync(fd);
    },
  });
}

function write(path: string, fd: number, text: string): string | undefined {
  try {
    // The umask is stricter than what tools that read pid files need.
    fchmodSync(fd, 0o644);
    // Cut afterwards: what is there already needs no new room on a disk that has become full.
    ftruncateSync(fd, writeSync(fd, text, 0));
    return undefined;
  } catch (error) {
    return explain(path, error).replace('Cannot open', 'Cannot write');
  }
}

/** keepalived before 2.3.2 does not lock its pid file: there the process that it names counts. */
function heldWithoutLock(fd: number): boolean {
  const bytes = Buffer.alloc(32);
  const text = bytes.toString('latin1', 0, readSync(fd, bytes, 0, bytes.length, 0));
  const pid = /^\s*(\d+)\s*$/.exec(text)?.[1];
  if (pid === undefined) return false;
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`)) === 'keepalived';
  } catch {
    return false;
  }
}

function explain(path: string, error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const remedies: Readonly<Record<string, string>> = {
    ENOENT: `the directory ${dirname(path)} does not exist; make it, or name another file with -p and -r`,
    EACCES: `${dirname(path)} may not be written to; start as root, or name another file with -p and -r`,
    EROFS: 'the file system is read-only; name another file with -p and -r',
    ELOOP: `it is a symbolic link, which is not followed; remove it`,
    EISDIR: 'it is a directory; name a file with -p and -r',
    ENOSPC: 'the disk is full; make room',
  };
  return `Cannot open pid file ${path}: ${code}: ${remedies[code] ?? 'name another file with -p and -r'}`;
}
