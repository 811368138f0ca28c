import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onExit } from '../lab-support/on-exit.ts';
import { followLines } from './follow-lines.ts';
import { type GuestPlan, initScript, runScript } from './guest.ts';
import { memoryFolder } from './memory-folder.ts';
import { onOneProcessor } from './one-processor.mjs';

/** Debian's package user-mode-linux. */
const kernel = '/usr/bin/linux.uml';
const modulesFolder = '/usr/lib/uml/modules';

export interface UmlRun {
  /** Program and arguments; programs are found on the system's path, or named absolutely. */
  readonly command: readonly string[];
  /** Kernel modules to load; those that the kernel lacks are passed over. */
  readonly modules?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Files by name to find in the folder `$SCRATCH`. */
  readonly files?: Readonly<Record<string, Uint8Array | string>>;
  readonly memory?: string;
  /** Gets each line of the command's standard output, while it runs. */
  readonly onLine?: (line: string) => void;
  /** Wall time until the guest is ended. */
  readonly timeoutMilliseconds: number;
}

export interface UmlResult {
  /** Of the command; undefined when the guest ended, or was ended, before. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** The kernel's console: what there is to read when the guest did not get to the command. */
  readonly console: string;
}

const usualMemory = '512M';

/** Why no guest with so much memory can be booted here, or undefined where one can. */
export function umlMissing(memory = usualMemory): string | undefined {
  if (!existsSync(kernel) || !existsSync(modulesFolder)) {
    return `${kernel} is missing: apt-get install user-mode-linux`;
  }
  if (memoryFolder(memory) === undefined) {
    return `neither /dev/shm nor /tmp has room for the ${memory} of its memory, or nothing may be executed from there`;
  }
  return process.getuid?.() === 0 ? undefined : 'root is needed, so that the guest may read what is there';
}

/**
 * Runs one command in a user-mode Linux kernel over this machine's file system, which it cannot change.
 * What the command writes is read when it has ended, its standard output also meanwhile.
 */
export async function runInUml(run: UmlRun): Promise<UmlResult> {
  const scratch = await mkdtemp('/var/tmp/holdfast-uml-');
  const forget = onExit(() => rmSync(scratch, { recursive: true, force: true }));
  try {
    await prepare(scratch, run);
    const unfollow = followLines(join(scratch, 'stdout'), run.onLine);
    const console = await boot(scratch, run);
    unfollow();
    const output = async (name: string): Promise<string> =>
      existsSync(join(scratch, name)) ? readFile(join(scratch, name), 'utf8') : '';
    const status = await output('status');
    return {
      status: status === '' ? undefined : Number(status),
      stdout: await output('stdout'),
      stderr: await output('stderr'),
      console,
    };
  } finally {
    forget();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function prepare(scratch: string, { command, modules, environment, files }: UmlRun): Promise<void> {
  const plan: GuestPlan = {
    scratch,
    modulesFolder,
    command,
    modules: modules ?? [],
    environment: { ...environment, SCRATCH: scratch },
  };
  await mkdir(join(scratch, 'uml'));
  await writeFile(join(scratch, 'init'), initScript(plan));
  await chmod(join(scratch, 'init'), 0o755);
  await writeFile(join(scratch, 'run'), runScript(plan));
  for (const [name, content] of Object.entries(files ?? {})) await writeFile(join(scratch, name), content);
}

/** @returns what came on the console */
async function boot(scratch: string, { memory = usualMemory, timeoutMilliseconds }: UmlRun): Promise<string> {
  const [program = '', ...args] = onOneProcessor([
    kernel,
    `mem=${memory}`,
    ...['root=/dev/root', 'rootfstype=hostfs', 'rootflags=/', 'rw', `init=${scratch}/init`],
    ...['umid=guest', `uml_dir=${scratch}/uml/`, 'con=null', 'con0=null,fd:1', 'ssl=null'],
    ...['noreboot', 'panic=-1', 'quiet'],
  ]);
  const guest = spawn(program, args, {
    // A session of its own: the guest's processes are ended together.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // The guest's memory is a file there.
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: memoryFolder(memory) ?? '/dev/shm' },
  });
  const said: Buffer[] = [];
  for (const stream of [guest.stdout, guest.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const forget = onExit(() => end(guest));
  const timer = setTimeout(() => end(guest), timeoutMilliseconds);
  await once(guest, 'close');
  clearTimeout(timer);
  forget();
  end(guest);
  return Buffer.concat(said).toString();
}

function end({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left of the group: the guest has ended by itself.
  }
}
