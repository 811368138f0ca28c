import type { GlobalConfig, ScriptCommand } from '@holdfast/config';
import { type Micros, toMillis } from '@holdfast/kit';
import type { ScriptOutcome } from '@holdfast/vrrp';
import { type Accounts, type Identity, identityFor } from './identity.ts';
import { invocationOf } from './invocation.ts';
import { runScript, type ScriptPorts, type ScriptRun } from './run-script.ts';

/** A script that nobody waits for, as a worker asks for it. */
export interface NotifyRun {
  readonly command: ScriptCommand;
  /** Arguments after those of the configuration. */
  readonly extra: readonly string[];
}

/** A script whose outcome is wanted, as a worker asks for it. */
export interface TrackedRun {
  readonly command: ScriptCommand;
  readonly timeout: Micros;
}

export interface ScriptRunner {
  /** Starts a notify script and does not wait for it. @param supervised it is ended after a second (at stop) */
  notify(fact: NotifyRun, supervised: boolean): void;
  /** Runs a `vrrp_script` or a MISC_CHECK's program; the outcome comes once. @returns what ends it early */
  track(fact: TrackedRun, onFinished: (outcome: ScriptOutcome) => void): () => void;
  /** Ends the tracked scripts: their results are of no use to anybody any more. */
  endTracked(): void;
  /** Resolves when no supervised script runs any more. */
  supervisedEnded(): Promise<void>;
  /** The users that scripts run as are looked up once; after a reload anew. */
  forgetAccounts(): void;
}

export interface ScriptRunnerPorts {
  readonly machine: ScriptPorts;
  readonly accounts: Accounts;
  readonly global: () => GlobalConfig;
  /** A notify script that could not be run: its path, and why. */
  readonly failed: (path: string, why: string) => void;
}

const supervision = 1000;

export function scriptRunner(ports: ScriptRunnerPorts): ScriptRunner {
  const tracked = new Set<ScriptRun>();
  const supervised = new Set<Promise<unknown>>();
  const identities = new Map<string, ReturnType<typeof identityFor>>();

  const identityOf = ({ runAs }: ScriptCommand): ReturnType<typeof identityFor> => {
    const key = JSON.stringify(runAs ?? null);
    const { scriptUser, enableScriptSecurity } = ports.global();
    const known = identities.get(key) ?? identityFor(runAs, scriptUser, enableScriptSecurity, ports.accounts);
    identities.set(key, known);
    return known;
  };
  const run = (command: ScriptCommand, extra: readonly string[], timeout: number | undefined): ScriptRun => {
    const identity = identityOf(command);
    if (!identity.ok) return notStarted(identity.error);
    const own: Identity = ports.accounts.own();
    return runScript(invocationOf(command.argv, extra, identity.value, own), timeout, ports.machine);
  };

  return {
    notify({ command, extra }, isSupervised) {
      const started = run(command, extra, isSupervised ? supervision : undefined);
      const ended = started.outcome.then((outcome) => {
        const why = complaint(outcome);
        if (why !== undefined) ports.failed(command.argv[0], why);
        supervised.delete(ended);
      });
      if (isSupervised) supervised.add(ended);
    },
    track({ command, timeout }, onFinished) {
      const started = run(command, [], toMillis(timeout));
      tracked.add(started);
      void started.outcome.then((outcome) => {
        tracked.delete(started);
        onFinished(outcome);
      });
      return () => started.end();
    },
    endTracked: () => {
      for (const started of tracked) started.end();
    },
    supervisedEnded: async () => {
      await Promise.all(supervised);
    },
    forgetAccounts: () => identities.clear(),
  };
}

const notStarted = (reason: string): ScriptRun => ({
  outcome: Promise.resolve({ kind: 'not-started', reason }),
  end: () => undefined,
});

/** What a shell reports for a program that cannot be run is worth a line; any other status is the script's affair. */
function complaint(outcome: ScriptOutcome): string | undefined {
  if (outcome.kind === 'not-started') return `not started: ${outcome.reason}`;
  if (outcome.kind !== 'exited') return undefined;
  if (outcome.status === 126) return 'it could not be executed (status 126)';
  return outcome.status === 127 ? 'it was not found (status 127)' : undefined;
}
