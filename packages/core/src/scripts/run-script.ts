import type { ScriptOutcome } from '@holdfast/vrrp';
import type { Invocation } from './invocation.ts';

/** A started script: the leader of a process group of its own. */
export interface StartedScript {
  readonly pid: number;
  readonly ended: Promise<ScriptOutcome>;
}

/** What running scripts needs of the machine. */
export interface ScriptPorts {
  /** Starts the program detached, in its own group. A failure to start is an outcome too. */
  start(invocation: Invocation): StartedScript | { readonly failure: string };
  /** Sends a signal to a process group. @returns whether anybody was there */
  signalGroup(group: number, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean;
  /** Calls back once; the returned function cancels. */
  later(milliseconds: number, run: () => void): () => void;
}

/** A run that can be ended early. */
export interface ScriptRun {
  readonly outcome: Promise<ScriptOutcome>;
  /** SIGTERM to the whole group now, SIGKILL a little later. */
  end(): void;
}

const killDelay = 2000;
/** A process that the kernel holds (a dead file server) does not end even then; nobody may wait for it for ever. */
const patience = 1000;

/**
 * Runs a script and bounds it: at the timeout the whole group gets SIGTERM, two seconds later SIGKILL, and a second
 * after that the outcome is told even if the script is still there. What a script left running in its group when it
 * ended itself is cleared away at the same moments.
 * @param timeout milliseconds; undefined: it may run as long as it likes and leave behind what it likes
 */
export function runScript(
  invocation: Invocation,
  timeout: number | undefined,
  ports: ScriptPorts,
): ScriptRun {
  const started = ports.start(invocation);
  if ('failure' in started) {
    return {
      outcome: Promise.resolve({ kind: 'not-started', reason: started.failure }),
      end: () => undefined,
    };
  }
  const group = started.pid;
  let timedOut = false;
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    if (!ports.signalGroup(group, 'SIGTERM')) return;
    // Asked again before the kill: an empty group's number may belong to somebody else one day.
    ports.later(killDelay, () => ports.signalGroup(group, 0) && ports.signalGroup(group, 'SIGKILL'));
  };
  let giveUp: (outcome: ScriptOutcome) => void = () => undefined;
  const givenUp = new Promise<ScriptOutcome>((resolve) => {
    giveUp = resolve;
  });
  const cancel =
    timeout === undefined
      ? () => undefined
      : ports.later(timeout, () => {
          timedOut = true;
          end();
          ports.later(killDelay + patience, () => giveUp({ kind: 'timed-out' }));
        });
  const ended = started.ended.then((result): ScriptOutcome => {
    if (timedOut) return { kind: 'timed-out' };
    if (!ports.signalGroup(group, 0)) cancel();
    return result;
  });
  return { outcome: Promise.race([ended, givenUp]), end };
}
