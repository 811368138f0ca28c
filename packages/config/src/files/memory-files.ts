import { fail, ok } from '@holdfast/kit';
import type { FileStatus, FileSystem } from './file-system.ts';

/** One file of `memoryFiles`: its text or bytes, and what differs from an ordinary file of root's. */
export type MemoryFile =
  | string
  | Uint8Array
  | (Partial<FileStatus> & { readonly content: string | Uint8Array });

/** A file system in memory: absolute path to content. Directories follow from the paths. */
export function memoryFiles(files: Readonly<Record<string, MemoryFile>>): FileSystem {
  const entries = new Map(Object.entries(files));
  const directories = new Set(['/']);
  for (const path of entries.keys()) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      directories.add(path.slice(0, end));
    }
  }
  return {
    read: (path) => {
      const file = entries.get(path);
      return file === undefined
        ? fail({ code: directories.has(path) ? 'EISDIR' : 'ENOENT' })
        : ok(contentOf(file));
    },
    stat: (path) => {
      const file = entries.get(path);
      if (file !== undefined) return statusOf(file);
      return directories.has(path) ? { kind: 'directory', mode: 0o755, uid: 0, gid: 0 } : undefined;
    },
    list: (directory) => {
      if (!directories.has(directory)) return undefined;
      const prefix = directory === '/' ? '/' : `${directory}/`;
      const below = [...entries.keys(), ...directories].filter(
        (path) => path.startsWith(prefix) && path !== prefix,
      );
      return [...new Set(below.map((path) => path.slice(prefix.length).split('/')[0] ?? ''))];
    },
  };
}

function contentOf(file: MemoryFile): Uint8Array {
  const content = typeof file === 'string' || file instanceof Uint8Array ? file : file.content;
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function statusOf(file: MemoryFile): FileStatus {
  const usual: FileStatus = { kind: 'file', mode: 0o644, uid: 0, gid: 0 };
  if (typeof file === 'string' || file instanceof Uint8Array) return usual;
  const { kind = usual.kind, mode = usual.mode, uid = usual.uid, gid = usual.gid } = file;
  return { kind, mode, uid, gid };
}
