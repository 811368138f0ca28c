import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { fail, ok } from '@holdfast/kit';
import type { FileStatus, FileSystem } from './file-system.ts';
import { settledRead } from './settled-read.ts';

/** The machine's own file system. Reading is synchronous: it happens once at start and at a reload, in core. */
export const nodeFiles: FileSystem = {
  read: (path) => {
    try {
      return ok(
        settledRead({
          fingerprint: () => fingerprintOf(statSync(path)),
          content: () => readFileSync(path),
        }),
      );
    } catch (error) {
      return fail({ code: codeOf(error) });
    }
  },
  stat: (path) => {
    try {
      return toStatus(statSync(path));
    } catch {
      return undefined;
    }
  },
  list: (directory) => {
    try {
      return readdirSync(directory);
    } catch {
      return undefined;
    }
  },
};

const fingerprintOf = ({ ino, size, mtimeMs, ctimeMs }: Stats): string =>
  `${ino} ${size} ${mtimeMs} ${ctimeMs}`;

function toStatus(stats: Stats): FileStatus {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other';
  return { kind, mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
