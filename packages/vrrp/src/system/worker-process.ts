import { setPriority } from 'node:os';
import { micros, ok } from '@holdfast/kit';
import type { Addon, WorkerSignals } from '@holdfast/native';
import { openRouteNetlink } from '@holdfast/netlink';
import type { ToVrrp } from '../ipc.ts';
import { openGarp } from './garp.ts';
import type { OpenWire, PortFailure, Ports, Process } from './ports.ts';
import { warmUp } from './warm-up.ts';
import { openWire } from './wire.ts';
import { wireFailure } from './wire-failure.ts';
import { chooseTransport } from './wire-transport.ts';
import { openWorker } from './worker-loop.ts';

/** SIGTERM: what the kernel sends when core is dead. */
const parentDeathSignal = 15;
/** What an orderly stop may take, in seconds, before the kernel ends the process all the same. */
const longestStop = 5;
/** Exit codes that core does not answer with a new worker. */
const exitFatal = 1;
const exitPermission = 4;
/** A mistake of this program: core starts another worker, which goes on. */
const exitInternalError = 70;

/** The forked process: joins the worker to its signals, its parent and the kernel. */
export async function runWorker(addon: Addon, signals: WorkerSignals): Promise<void> {
  const parent = process.ppid;
  addon.setParentDeathSignal(parentDeathSignal);
  // The parent may have died before the kernel knew whom to tell.
  if (process.ppid !== parent || !process.connected) return leave(0);
  process.on('uncaughtException', (error) => {
    process.stderr.write(`Keepalived_vrrp: internal error: ${error.stack ?? error.message}\n`);
    leave(exitInternalError);
  });
  process.title = 'keepalived';
  const messages = queueMessages();
  const opened = await openPorts(addon);
  if ('code' in opened) return refuse(opened);
  warmUp();
  const worker = await openWorker(opened, process.pid);
  if (!worker.ok) return refuse(worker.error);
  signals.onStop(() => {
    // The loop works: it may take the time that withdrawing takes.
    addon.alarm(longestStop);
    worker.value.terminate(process.connected ? 'told' : 'parent-gone');
  });
  process.on('disconnect', () => worker.value.terminate('parent-gone'));
  if (!process.connected) worker.value.terminate('parent-gone');
  messages((message) => worker.value.receive(message));
}

/** Messages of core's from the first moment on, handed over in order once somebody takes them. */
function queueMessages(): (receiver: (message: ToVrrp) => void) => void {
  const early: ToVrrp[] = [];
  let receiver: ((message: ToVrrp) => void) | undefined;
  process.on('message', (message: ToVrrp) => {
    if (receiver === undefined) early.push(message);
    else receiver(message);
  });
  return (next) => {
    receiver = next;
    for (const message of early.splice(0)) next(message);
  };
}

async function openPorts(addon: Addon): Promise<Ports | PortFailure> {
  try {
    return {
      clock: { now: () => micros(addon.monotonicMicros()) },
      wallSeconds: () => Date.now() / 1e3,
      openTimer: (onExpire) => new addon.Timer(onExpire),
      openWire: openWireWith(addon),
      garp: openGarp(addon),
      routes: openRouteNetlink(),
      parent: {
        send(message, onWritten) {
          // With a callback a closed channel is its error, and not an event that nobody hears.
          if (process.send !== undefined && process.connected) process.send(message, () => onWritten());
        },
      },
      process: realProcess(addon),
    };
  } catch (error) {
    return wireFailure('open sockets for ARP and netlink', error);
  }
}

const openWireWith =
  (addon: Addon): OpenWire =>
  async (wanted, events) => {
    const chosen = await chooseTransport(wanted, addon);
    if (!chosen.ok) return chosen;
    const { name, openSocket, instead } = chosen.value;
    const note =
      instead === undefined ? undefined : `vrrp_socket ${wanted}: ${instead}; using ${name} instead`;
    return ok({ wire: openWire(openSocket, events), note });
  };

const realProcess = (addon: Addon): Process => ({
  setTitle(title) {
    process.title = title;
  },
  setScheduling(scheduling) {
    const what =
      'realtime' in scheduling
        ? `set SCHED_RR priority ${scheduling.realtime} for the VRRP process`
        : `set nice value ${scheduling.nice} for the VRRP process`;
    try {
      if ('realtime' in scheduling) addon.setRealtime(scheduling.realtime);
      else {
        addon.setRealtime(0);
        setPriority(scheduling.nice);
      }
      return undefined;
    } catch (error) {
      return wireFailure(what, error);
    }
  },
  exit: (code) => leave(code),
  exitWithin(milliseconds) {
    setTimeout(() => leave(0), milliseconds);
  },
});

/** Nothing can work: the reason goes to where the daemon's own errors go, and core is told by the exit code. */
function refuse({ what, code, remedy }: PortFailure): void {
  process.stderr.write(`Keepalived_vrrp: ${what}: ${code}${remedy === undefined ? '' : `; ${remedy}`}\n`);
  leave(code === 'EPERM' || code === 'EACCES' ? exitPermission : exitFatal);
}

function leave(code: number): void {
  process.exit(code);
}
