import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { openIpvs } from '@holdfast/ipvs-netlink';
import { micros, optimizeLater, seededRandom } from '@holdfast/kit';
import type { Addon, WorkerSignals } from '@holdfast/native';
import { openRouteNetlink } from '@holdfast/netlink';
import type { ToHealthcheck } from '../ipc.ts';
import { watchAddresses } from './addresses.ts';
import { mostInFlight } from './descriptor-limit.ts';
import type { PortFailure, Ports } from './ports.ts';
import { startCheck } from './start-check.ts';
import { openWorker } from './worker-loop.ts';

/** SIGTERM: what the kernel sends when core is dead. */
const parentDeathSignal = 15;
/** What an orderly stop may take, in seconds, before the kernel ends the process all the same: a table may be long. */
const longestStop = 30;
/** A mistake of this program: core starts another worker, which goes on. */
const exitInternalError = 70;

/** The forked process: joins the worker to its signals, its parent and the kernel. */
export function runWorker(addon: Addon, signals: WorkerSignals): void {
  const parent = process.ppid;
  addon.setParentDeathSignal(parentDeathSignal);
  // The parent may have died before the kernel knew whom to tell.
  if (process.ppid !== parent || !process.connected) {
    process.exit(0);
  }
  process.on('uncaughtException', (error) => {
    process.stderr.write(`Keepalived_healthcheckers: internal error: ${error.stack ?? error.message}\n`);
    process.exit(exitInternalError);
  });
  process.title = 'keepalived';
  const worker = openWorker(openPorts(addon), process.pid);
  signals.onStop(() => {
    // The loop works: it may take the time that taking the table away takes.
    addon.alarm(longestStop);
    worker.terminate(process.connected ? 'told' : 'parent-gone');
  });
  process.on('disconnect', () => worker.terminate('parent-gone'));
  process.on('message', (message: ToHealthcheck) => worker.receive(message));
}

const openPorts = (addon: Addon): Ports => ({
  clock: { now: () => micros(addon.monotonicMicros()) },
  random: seededRandom(addon.monotonicMicros() ^ process.pid),
  openTimer: (onExpire) => new addon.Timer(onExpire),
  soon: (then) => void setImmediate(then),
  startCheck,
  openIpvs,
  modprobe: modprobePath(),
  watchAddresses: watchAddresses(openRouteNetlink),
  parent: {
    send(message, onWritten) {
      // With a callback a closed channel is its error, and not an event that nobody hears.
      if (process.send !== undefined && process.connected) process.send(message, () => onWritten());
    },
  },
  process: {
    setTitle(title) {
      process.title = title;
    },
    setScheduling: (scheduling) => setScheduling(addon, scheduling),
    optimize: optimizeLater(),
    exit: (code) => process.exit(code),
  },
  mostInFlight: mostInFlight(),
});

/** proc(5) `/proc/sys/kernel/modprobe`; without it the usual place. */
function modprobePath(): string {
  const usual = '/sbin/modprobe';
  try {
    return readFileSync('/proc/sys/kernel/modprobe', 'utf8').trim() || usual;
  } catch {
    return usual;
  }
}

function setScheduling(
  addon: Addon,
  scheduling: { readonly realtime: number } | { readonly nice: number },
): PortFailure | undefined {
  const what =
    'realtime' in scheduling
      ? `set SCHED_RR priority ${scheduling.realtime} for the healthcheck process`
      : `set nice value ${scheduling.nice} for the healthcheck process`;
  try {
    if ('realtime' in scheduling) addon.setRealtime(scheduling.realtime);
    else setPriority(scheduling.nice);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { what, code: String(error.code) };
  }
}
