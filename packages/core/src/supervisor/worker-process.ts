import type { ChildProcess, Serializable } from 'node:child_process';
import type { FromVrrp, ToVrrp } from '@holdfast/vrrp';
import type * as z from 'zod';
import type { EarlyWorker } from './early-worker.ts';
import { spawnWorker, type WorkerNeeds } from './spawn-worker.ts';

/** How a worker ended. */
export interface WorkerEnd {
  readonly status: number | undefined;
  /** The signal that ended it, or why it never started. */
  readonly signal: string | undefined;
}

/** A worker as its supervisor sees it. @typeParam To what it is told */
export interface WorkerProcess<To = ToVrrp> {
  readonly pid: number;
  /** False: too much is unread already; the message was not sent. */
  send(message: To): boolean;
  kill(): void;
}

/** What a worker process tells its supervisor. @typeParam From its messages */
export interface WorkerListener<From = FromVrrp> {
  onMessage(message: From): void;
  /** A message that is none of the contract: named, and ignored. */
  onNonsense(description: string): void;
  /** A line of the worker's stderr: it crashed. */
  onErrorOutput(line: string): void;
  /** Once, after the last message was read. */
  onEnded(end: WorkerEnd): void;
}

export type ForkWorker<To = ToVrrp, From = FromVrrp> = (
  listener: WorkerListener<From>,
  needs?: WorkerNeeds,
) => WorkerProcess<To>;

/** Messages that may wait unread. `send` to a worker that does not read buffers without bound. */
const unreadLimit = 500;
const errorOutputLimit = 16_384;

/**
 * Starts workers from a bundle.
 * @param environment was cleaned of what concerns core alone
 * @param contract what the workers may say
 * @param early one that was forked already: the first to be taken
 */
export function workerForker<To extends Serializable, From>(
  path: string,
  environment: NodeJS.ProcessEnv,
  contract: z.ZodType<From>,
  early?: EarlyWorker,
): ForkWorker<To, From> {
  return (listener, needs = {}) => {
    const ready = early?.take();
    const child = ready?.child ?? spawnWorker(path, environment, needs);
    listen(child, listener, contract);
    // Once the caller knows of this worker.
    queueMicrotask(() => {
      for (const message of ready?.messages ?? []) child.emit('message', message);
    });
    return processOf(child);
  };
}

function processOf<To extends Serializable>(child: ChildProcess): WorkerProcess<To> {
  let unread = 0;
  return {
    pid: child.pid ?? 0,
    send(message) {
      if (!child.connected || unread >= unreadLimit) return false;
      unread++;
      // With a callback a closed channel is a result; without one it would be an exception.
      child.send(message, () => {
        unread--;
      });
      return true;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function listen<From>(child: ChildProcess, listener: WorkerListener<From>, contract: z.ZodType<From>): void {
  child.on('message', (message: unknown) => {
    const parsed = contract.safeParse(message);
    if (parsed.success) listener.onMessage(parsed.data);
    else
      listener.onNonsense(`${JSON.stringify(message).slice(0, 200)}: ${parsed.error.message.slice(0, 300)}`);
  });
  let printed = 0;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed += text.length;
    if (printed > errorOutputLimit) return;
    for (const line of text.split('\n')) if (line.trim() !== '') listener.onErrorOutput(line);
  });
  whenEnded(child, (end) => listener.onEnded(end));
}

/** 'exit' can come before the last messages were read, 'disconnect' before the status is known: both are awaited. */
function whenEnded(child: ChildProcess, onEnded: (end: WorkerEnd) => void): void {
  let end: WorkerEnd | undefined;
  let told = false;
  const tell = (): void => {
    if (told || end === undefined || child.connected) return;
    told = true;
    onEnded(end);
  };
  child.on('exit', (status, signal) => {
    end = { status: status ?? undefined, signal: signal ?? undefined };
    tell();
  });
  child.on('disconnect', tell);
  child.on('error', (error) => {
    // Without a process id it never started (no memory, no processes left), and no 'exit' will come.
    if (child.pid !== undefined || told) return;
    told = true;
    onEnded({ status: undefined, signal: error.message });
  });
}
