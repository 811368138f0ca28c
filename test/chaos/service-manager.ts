import { type Daemon, type OutputLine, startDaemon } from '../lab-support/daemon.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import type { Network } from '../lab-support/network.ts';
import { restartAfter } from './bounds.ts';
import type { Happening } from './happening.ts';

/** Starts the daemon of a router again whenever it has ended, as a service manager does with `Restart=always`. */
export interface ServiceManager {
  readonly daemon: () => Daemon;
  /** What all of its daemons said. */
  readonly output: () => readonly OutputLine[];
  /** Ends the daemon in good order, for good. */
  readonly stop: () => Promise<void>;
}

const lookEvery = 10;

export function serviceManager(
  network: Network,
  host: string,
  config: string,
  note: (happening: Happening) => void,
): ServiceManager {
  const all: Daemon[] = [];
  const start = (): Daemon => {
    note({ at: monotonicMicros(), router: host, kind: 'started' });
    const started = startDaemon(network, host, config);
    all.push(started);
    return started;
  };
  let daemon = start();
  let endedAt: number | undefined;
  const timer = setInterval(() => {
    const status = daemon.ending();
    if (status === undefined) return;
    const now = monotonicMicros();
    if (endedAt === undefined) {
      endedAt = now;
      if (status !== 'SIGKILL') note({ at: now, router: host, kind: 'ended-by-itself' });
    } else if (now >= endedAt + restartAfter) {
      endedAt = undefined;
      daemon = start();
    }
  }, lookEvery);
  return {
    daemon: () => daemon,
    output: () => all.flatMap(({ output }) => output),
    async stop() {
      clearInterval(timer);
      if (daemon.isRunning()) await daemon.stop();
    },
  };
}
