import { realpathSync, statSync } from 'node:fs';
import type { ScriptFiles } from './security.ts';

const customaryPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The machine's own files. Looked at once at start and at each reload. */
export const machineScriptFiles = ({ PATH: path = customaryPath } = process.env): ScriptFiles => ({
  realPath: (name) => {
    try {
      return realpathSync(name);
    } catch {
      return undefined;
    }
  },
  status: (name) => {
    const found = statSync(name, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other';
    return { kind, uid: found.uid, gid: found.gid, mode: found.mode & 0o7777 };
  },
  searchPath: path.split(':').filter((directory) => directory.startsWith('/')),
});
