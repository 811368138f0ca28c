import { dirname, isAbsolute, join } from 'node:path';
import { fail, ok, type Result } from '@holdfast/kit';
import type { Identity } from './identity.ts';

/** What the check needs to see of the file system. */
export interface ScriptFiles {
  /** The path without symbolic links; undefined when there is nothing. */
  realPath(path: string): string | undefined;
  /** Of what the path leads to. */
  status(path: string): FileStatus | undefined;
  /** The directories that a name without slash is looked up in. */
  readonly searchPath: readonly string[];
}

export interface FileStatus {
  readonly kind: 'file' | 'directory' | 'other';
  readonly uid: number;
  readonly gid: number;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
}

export interface VettedScript {
  readonly path: string;
  /** Why it would be disabled with `enable_script_security`; undefined: it is safe. */
  readonly insecure: string | undefined;
}

/**
 * Finds the program of a script and judges it as keepalived does.
 * @param program the first word: a path, or a name to be looked up
 * @returns the path to execute, or why there is nothing to execute, with the remedy
 */
export function vetScript(
  program: string,
  identity: Identity,
  files: ScriptFiles,
): Result<VettedScript, string> {
  const path = locate(program, files);
  const real = path === undefined ? undefined : files.realPath(path);
  if (path === undefined || real === undefined) return fail(notFound(program, files));
  const status = files.status(real);
  if (status === undefined || status.kind !== 'file') return fail(`${path} is not a regular file`);
  if (!mayExecute(status, identity)) {
    return fail(`${path} is not executable by user ${identity.user}; chmod +x ${real}`);
  }
  const shut = ancestors(real).find((directory) => {
    const above = files.status(directory);
    return above !== undefined && !mayExecute(above, identity);
  });
  if (shut !== undefined) return fail(`user ${identity.user} may not enter ${shut}, where ${path} lies`);
  return ok({ path, insecure: insecurity([path, real], status, identity, files) });
}

function locate(program: string, files: ScriptFiles): string | undefined {
  if (isAbsolute(program)) return program;
  if (program.includes('/')) return undefined;
  return files.searchPath
    .map((directory) => join(directory, program))
    .find((path) => files.status(path)?.kind === 'file');
}

function notFound(program: string, files: ScriptFiles): string {
  if (isAbsolute(program)) return `there is no file ${program}`;
  if (program.includes('/')) return `${program} is not an absolute path`;
  return `there is no program ${program} in ${files.searchPath.join(':')}; give its whole path`;
}

const mayExecute = (status: FileStatus, identity: Identity): boolean => {
  if (identity.uid === 0) return status.kind === 'directory' || (status.mode & 0o111) !== 0;
  if (status.uid === identity.uid) return (status.mode & 0o100) !== 0;
  if (status.gid === identity.gid) return (status.mode & 0o010) !== 0;
  return (status.mode & 0o001) !== 0;
};

/** What runs with root's rights must lie where only root can change it (keepalived.conf(5) enable_script_security). */
function insecurity(
  paths: readonly string[],
  status: FileStatus,
  identity: Identity,
  files: ScriptFiles,
): string | undefined {
  const setsRoot =
    ((status.mode & 0o4000) !== 0 && status.uid === 0) || ((status.mode & 0o2000) !== 0 && status.gid === 0);
  if (identity.uid !== 0 && identity.gid !== 0 && !setsRoot) return undefined;
  const elements = new Set(paths.flatMap((path) => [...ancestors(path), path]));
  for (const element of elements) {
    const found = files.status(element);
    const weakness = found === undefined ? 'cannot be looked at' : weaknessOf(found);
    if (weakness !== undefined) return `it runs as root, but ${element} ${weakness}`;
  }
  return undefined;
}

function weaknessOf(status: FileStatus): string | undefined {
  if (status.uid !== 0) return `belongs to user ${status.uid}; chown root it`;
  // In a sticky directory of root nobody can replace what belongs to others.
  if (status.kind === 'directory' && (status.mode & 0o1000) !== 0) return undefined;
  if ((status.mode & 0o002) !== 0) return 'can be written by everybody; chmod o-w it';
  if ((status.mode & 0o020) !== 0 && status.gid !== 0)
    return `can be written by group ${status.gid}; chmod g-w it`;
  return undefined;
}

/** `/`, `/a`, `/a/b` of `/a/b/c`. */
function ancestors(path: string): readonly string[] {
  const above = dirname(path);
  return above === path ? [above] : above === '/' ? ['/'] : [...ancestors(above), above];
}
