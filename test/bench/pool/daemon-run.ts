import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ended } from './ended.ts';

export type Daemon = 'Holdfast' | 'keepalived';

/** The bundle beside this one, so that a copy of the folder measures itself. */
const ours = [process.execPath, join(dirname(fileURLToPath(import.meta.url)), 'holdfastd.mjs')];

/** A daemon that was started with a configuration, in the foreground, its log to a file. */
export interface DaemonRun {
  readonly pid: number;
  /** Milliseconds since it was started. */
  age(): number;
  /** The process that keeps the table is there and reads its signals. */
  isReady(): boolean;
  reload(text: string): void;
  /** @returns milliseconds until it had ended; undefined: it had to be killed */
  stop(): Promise<number | undefined>;
}

export function runDaemon(which: Daemon, text: string): DaemonRun {
  const folder = mkdtempSync('/run/bench-');
  const [conf, checkers] = [join(folder, 'a.conf'), join(folder, 'c.pid')];
  writeFileSync(conf, text);
  const log = openSync(join(folder, 'log'), 'w');
  const [program = '', ...first] = which === 'Holdfast' ? ours : ['keepalived'];
  const names = ['-p', join(folder, 'k.pid'), '-r', join(folder, 'v.pid'), '-c', checkers];
  const startedAt = performance.now();
  const process_: ChildProcess = spawn(program, [...first, '-n', '-l', '-D', '-C', '-f', conf, ...names], {
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const end = ended(process_);
  const pid = process_.pid ?? 0;
  return {
    pid,
    age: () => performance.now() - startedAt,
    // It is claimed, empty, before that process is there.
    isReady: () => existsSync(checkers) && readFileSync(checkers, 'utf8') !== '',
    reload(next) {
      writeFileSync(conf, next);
      process.kill(pid, 'SIGHUP');
    },
    async stop() {
      const told = performance.now();
      process_.kill('SIGTERM');
      const isOrderly = await end(60_000);
      if (!isOrderly) process_.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
      return isOrderly ? performance.now() - told : undefined;
    },
  };
}
