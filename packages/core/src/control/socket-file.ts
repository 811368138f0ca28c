import { chmodSync, chownSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '@holdfast/kit';

/** Where a daemon with the customary pid file is spoken to. */
export const customarySocket = '/run/holdfast/control.sock';

/** Named on the command line they are still the customary ones. */
const customaryPidFiles: readonly string[] = ['/run/keepalived.pid', '/var/run/keepalived.pid'];

/** sockaddr_un has room for this many bytes, the closing NUL not counted (unix(7)). */
const longestPath = 107;

/** The path of the socket: as the command line says, else the customary one, or beside a pid file of one's own. */
export function socketPath(wanted: string | undefined, pidFile: string | undefined): string | undefined {
  if (wanted === 'none') return undefined;
  if (wanted !== undefined) return wanted;
  return pidFile === undefined || customaryPidFiles.includes(pidFile) ? customarySocket : `${pidFile}.sock`;
}

/**
 * Makes room for the socket: its directory, and a socket that a dead daemon left. One at which somebody listens is not
 * ours to take away, whatever the command line says. @returns why it cannot be
 */
export async function prepareSocket(path: string): Promise<Result<void, string>> {
  if (Buffer.byteLength(path) > longestPath)
    return fail(`the path is longer than ${longestPath} bytes; name a shorter one with --control-socket`);
  try {
    // The umask is strict: others may look for the socket, and are refused by its own mode.
    if (mkdirSync(dirname(path), { recursive: true }) !== undefined) chmodSync(dirname(path), 0o755);
    if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() !== true) return ok(undefined);
    if (await somebodyListens(path)) return fail(`another program listens there; ${elsewhere}`);
    rmSync(path);
    return ok(undefined);
  } catch (error) {
    return fail(socketTrouble(error));
  }
}

const elsewhere = 'name another place with --control-socket, or none at all with --control-socket none';

function somebodyListens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.on('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', () => resolve(false));
  });
}

/** For root, and for the members of the group if there is one. @returns why it cannot be */
export function openToGroup(path: string, group: number | undefined): Result<void, string> {
  try {
    if (group !== undefined) chownSync(path, 0, group);
    chmodSync(path, 0o660);
    return ok(undefined);
  } catch (error) {
    return fail(socketTrouble(error));
  }
}

/** An error of the file system or of `listen`, with a remedy. */
export function socketTrouble(error: unknown): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
  const remedies: Readonly<Record<string, string>> = {
    EROFS: `the file system is read-only; ${elsewhere}`,
    EACCES: `the directory may not be written to; ${elsewhere}`,
    EEXIST: `a part of the path is no directory; ${elsewhere}`,
    ENOTDIR: `a part of the path is no directory; ${elsewhere}`,
    EADDRINUSE: `something that is no socket of ours stands there; remove it, or ${elsewhere}`,
    ENOSPC: 'the disk is full; make room',
  };
  return `${code}: ${remedies[code] ?? elsewhere}`;
}
