import { accessSync, constants, readFileSync, statfsSync } from 'node:fs';

/** In memory first: on a disk the guest is slow. */
const candidates = ['/dev/shm', '/tmp', '/var/tmp'];

/** Of its memory a guest touches about this part. */
const touched = 0.7;

/**
 * A folder for the file that is a guest's memory: written to, mapped and executed from. A container's /dev/shm is often
 * too small, or closed to execution.
 *
 * @param memory as the kernel's option `mem` has it: 512M, 1G
 */
export function memoryFolder(memory: string): string | undefined {
  const needed = bytesOf(memory) * touched;
  return candidates.find((folder) => isWritable(folder) && !isNoexec(folder) && freeIn(folder) >= needed);
}

function bytesOf(memory: string): number {
  const unit = memory.endsWith('G') ? 2 ** 30 : 2 ** 20;
  return Number.parseInt(memory, 10) * unit;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether the folder is a mount of its own from which nothing may be executed (proc_pid_mounts(5)). */
const isNoexec = (folder: string): boolean =>
  readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .some(([, place, , options]) => place === folder && options?.split(',').includes('noexec') === true);

function freeIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
