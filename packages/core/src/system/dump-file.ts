import { close, constants, open, statSync, write } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '@holdfast/kit';

const openFile = promisify(open);
const writeFile = promisify(write);
const closeFile = promisify(close);

/** keepalived's names of the dump files, in TMPDIR or /tmp. */
export const dumpNames = {
  data: 'keepalived.data',
  stats: 'keepalived.stats',
  json: 'keepalived.json',
  parent: 'keepalived_parent.data',
  check: 'keepalived_check.data',
} as const;

/** `TMPDIR` where it is the absolute path of a directory, else /tmp. */
export function dumpDirectory({ TMPDIR: path }: NodeJS.ProcessEnv): string {
  const usable =
    path !== undefined &&
    isAbsolute(path) &&
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return usable ? path : '/tmp';
}

/**
 * Writes a dump in the place of an earlier one; a symbolic link is not followed, and a pipe that nobody reads is not
 * waited for: the threads that open files are few, and the process does not end before they have come back.
 */
export async function writeDump(
  directory: string,
  what: keyof typeof dumpNames,
  text: string,
): Promise<Result<string, string>> {
  const path = join(directory, dumpNames[what]);
  const flags =
    constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  try {
    const fd = await openFile(path, flags, 0o666);
    try {
      await writeAll(fd, Buffer.from(text));
    } finally {
      await closeFile(fd);
    }
    return ok(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(`Cannot write ${path}: ${reason}`);
  }
}

/** A disk that is nearly full takes a part, and refuses the rest with its reason. */
async function writeAll(fd: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await writeFile(fd, bytes.subarray(at))).bytesWritten;
}
