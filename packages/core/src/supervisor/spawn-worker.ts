import { type ChildProcess, fork } from 'node:child_process';

/** What a worker is started for. */
export interface WorkerNeeds {
  /** An address waits for it: it takes the processor from its first moment on. */
  readonly isUrgent?: boolean;
  /** Megabytes of its heap that it will keep: it collects no garbage of long standing before it has them. */
  readonly kept?: number;
}

/**
 * Forks a worker from its bundle.
 * @param environment was cleaned of what concerns core alone
 */
export const spawnWorker = (
  path: string,
  environment: NodeJS.ProcessEnv,
  { isUrgent = false, kept = 0 }: WorkerNeeds,
): ChildProcess =>
  fork(path, isUrgent ? ['urgent'] : [], {
    execArgv: [...engineOptions, ...(kept > 0 ? [`--initial-old-space-size=${kept}`] : [])],
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
  });

/**
 * One garbage collector thread: helpers without real-time priority would hold up the main thread. And a small nursery:
 * a worker keeps little of what it makes, and touches half the memory.
 */
const engineOptions = [
  '--single-threaded-gc',
  '--max-semi-space-size=1',
  '--disallow-code-generation-from-strings',
];
