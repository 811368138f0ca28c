import { type Config, planLines } from '@holdfast/config';
import type { LogRecord } from '../log/record.ts';
import { reloadPlan } from '../plan/reload-plan.ts';
import type { ReadConfiguration } from './configuration.ts';
import { logReading } from './log-reading.ts';
import { daemonMessages as say } from './messages.ts';

/** Of what changes; the rest is counted. Who wants all of it asks `holdfast plan` before. */
const mostLines = 100;

export interface ReloadPorts {
  readonly read: ReadConfiguration;
  readonly running: () => Config;
  /** Puts the configuration into force; resolves when the workers have it. */
  readonly apply: (config: Config, fingerprint: string) => Promise<void>;
  readonly log: (record: LogRecord) => void;
  /** What is logged within `run` may leave together. */
  readonly together: (run: () => void) => void;
  /** Tells the service manager that a reload begins or has ended. */
  readonly announce: (state: 'reloading' | 'ready', status: string) => void;
}

/**
 * Makes reloads: one at a time, and one more queued while one is under way, however often it is asked for.
 * A file that would end a running daemon, drop a running object because of an error or leave nothing configured is
 * refused; the running state is kept then.
 */
export function reloader(ports: ReloadPorts): () => Promise<void> {
  let running: Promise<void> | undefined;
  let queued = false;
  const loop = async (): Promise<void> => {
    do {
      queued = false;
      await reloadOnce(ports);
    } while (queued);
    running = undefined;
  };
  return () => {
    if (running === undefined) running = loop();
    else queued = true;
    return running;
  };
}

async function reloadOnce(ports: ReloadPorts): Promise<void> {
  ports.log(say.reloading);
  ports.announce('reloading', 'Reloading');
  const reading = await ports.read();
  const reasons = reading.againstReload(ports.running());
  if (reasons.length > 0) {
    for (const reason of reasons) ports.log(say.refusalReason(reason));
    ports.log(say.reloadRefused(reasons.length));
    ports.announce('ready', `Reload refused: ${reasons[0] ?? ''}`);
    return;
  }
  ports.together(() => {
    logReading(reading, ports.log);
    const plan = reloadPlan(...withoutTheSame(ports.running(), reading.config));
    for (const line of planLines(plan, mostLines)) ports.log(say.reloadChange(line));
  });
  await ports.apply(reading.config, reading.fingerprint);
  ports.log(say.reloadComplete);
  ports.announce('ready', 'Running');
}

/** What a reading has found unchanged is the very same object: of it there is nothing to say, and there may be thousands. */
function withoutTheSame(before: Config, after: Config): readonly [Config, Config] {
  const [old, next] = [new Set(before.virtualServers), new Set(after.virtualServers)];
  return [
    { ...before, virtualServers: before.virtualServers.filter((server) => !next.has(server)) },
    { ...after, virtualServers: after.virtualServers.filter((server) => !old.has(server)) },
  ];
}
