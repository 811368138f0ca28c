import { type ChildProcess, fork } from 'node:child_process';

/**
 * Forks a worker from its bundle.
 * @param environment was cleaned of what concerns core alone
 * @param isUrgent an address waits for it: it takes the processor from its first moment on
 */
export const spawnWorker = (path: string, environment: NodeJS.ProcessEnv, isUrgent: boolean): ChildProcess =>
  fork(path, isUrgent ? ['urgent'] : [], {
    // One garbage collector thread: helpers without real-time priority would hold up the main thread. And a small
    // nursery: a worker keeps little of what it makes, and touches half the memory.
    execArgv: ['--single-threaded-gc', '--max-semi-space-size=1', '--disallow-code-generation-from-strings'],
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
  });
