import type { Config } from '@holdfast/config';
import {
  nothingSaved,
  type PoolStatistics,
  type SavedPools,
  type ToHealthcheck,
} from '@holdfast/healthcheck';
import { address, type Micros, micros, plus, seconds } from '@holdfast/kit';
import type { InstanceStatistics, InstanceStatus, SavedInstance, ToVrrp, Transition } from '@holdfast/vrrp';
import { controlDesk } from '../../src/control/desk.ts';
import { eventRing } from '../../src/control/event-ring.ts';
import { global, instance } from '../supervisor/slice.ts';
import { pool } from './objects.ts';

/** VI_1 of priority 100, and a pool of two real servers. */
export const configuration: Config = {
  global,
  vrrpScripts: [],
  vrrpInstances: [instance('VI_1')],
  virtualServers: [pool('10.0.0.1', 80, ['10.0.1.1', '10.0.1.2'])],
};

/** `asleep`: told, and silent; `gone`: dead; `unused`: nothing is configured for it. */
type Workers = Record<'vrrp' | 'healthcheck', 'awake' | 'asleep' | 'gone' | 'unused'>;

/** A desk with workers that do what they are told when they are awake, and a clock that stands still. */
export function office() {
  let now: Micros = seconds(100);
  let config = configuration;
  const timers = new Set<{ readonly at: Micros; readonly run: () => void }>();
  const events = eventRing();
  const told: (ToVrrp | ToHealthcheck)[] = [];
  let hasTable = true;
  const workers: Workers = { vrrp: 'awake', healthcheck: 'awake' };
  let saved: SavedPools = nothingSaved;
  let kept: readonly SavedInstance[] = [savedMaster];

  const toVrrp = (message: ToVrrp): boolean => {
    told.push(message);
    if (workers.vrrp === 'awake') queueMicrotask(() => vrrpAnswers(message));
    return workers.vrrp !== 'gone';
  };
  const vrrpAnswers = (message: ToVrrp): void => {
    if (message.kind === 'statistics')
      desk.noteVrrp({ kind: 'statistics', query: message.query, instances: [statistics(now)] });
    if (message.kind === 'handover')
      reports({ handedOver: message.on, phase: 'backup', priority: message.on ? 1 : 100 });
  };
  const toHealthcheck = (message: ToHealthcheck): boolean => {
    told.push(message);
    if (message.kind === 'statistics' && workers.healthcheck === 'awake')
      queueMicrotask(() =>
        desk.noteHealth({ kind: 'statistics', query: message.query, pools: [poolStatistics(now)], hasTable }),
      );
    return workers.healthcheck !== 'gone';
  };
  const pidOf = (name: keyof Workers, pid: number): number | undefined =>
    workers[name] === 'gone' ? undefined : pid;
  const desk = controlDesk({
    configurationFile: '/etc/keepalived/keepalived.conf',
    readAs: { directory: '/', configId: null, withVrrp: true, withChecks: true },
    events,
    now: () => now,
    wallNow: () => 1_800_000_000_000 + now / 1000,
    later: (delay, run) => {
      const timer = { at: plus(now, delay), run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    config: () => config,
    vrrp: () => ({
      inUse: workers.vrrp !== 'unused',
      pid: pidOf('vrrp', 11),
      tell: toVrrp,
      saved: kept,
    }),
    healthcheck: () => ({
      inUse: workers.healthcheck !== 'unused',
      pid: pidOf('healthcheck', 12),
      tell: toHealthcheck,
      saved,
    }),
  });
  const reports = (more: Partial<InstanceStatus> = {}): void =>
    desk.noteVrrp({ kind: 'status', status: { ...master, ...more } });
  return {
    desk,
    events,
    told,
    workers,
    reports,
    transits: (transition: Partial<Transition> = {}): void =>
      desk.noteVrrp({ kind: 'transition', transition: { ...becameMaster, ...transition } }),
    /** The worker is dead, and core has removed what it held. */
    withdraws: (): void => {
      workers.vrrp = 'gone';
      kept = [{ ...savedMaster, phase: 'backup' }];
    },
    saves: (pools: SavedPools['pools']): void => {
      saved = { pools, written: undefined, settled: [], unsettled: [] };
    },
    reloads: (next: Config, verdict = 'Running'): void => {
      config = next;
      desk.reloaded(verdict);
    },
    /** The kernel has no ip_vs. */
    losesTable: (): void => {
      hasTable = false;
    },
    passes: (length: Micros): void => {
      now = plus(now, length);
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.run();
      }
    },
  };
}

export const master: InstanceStatus = {
  name: 'VI_1',
  phase: 'master',
  enteredAt: seconds(90),
  priority: 100,
  handedOver: false,
  masterAdvertInterval: seconds(1),
  source: address('10.0.0.2'),
  master: { address: address('10.0.0.3'), priority: 90 },
  faults: [],
  tracked: [{ kind: 'script', name: 'chk', weight: 0, reverse: false, condition: 'good' }],
};

const savedMaster: SavedInstance = {
  name: 'VI_1',
  phase: 'master',
  lastAdvertAt: seconds(99),
  masterAdvertInterval: seconds(1),
  masterDownInterval: seconds(3),
  addresses: [],
  scripts: [],
};

const becameMaster: Transition = {
  instance: 'VI_1',
  at: seconds(90),
  from: 'backup',
  to: 'master',
  cause: { kind: 'master-silent', text: 'no master was heard for 3.609 s' },
};

const statistics = (now: Micros): InstanceStatistics => ({
  name: 'VI_1',
  masterHeardAt: seconds(86),
  lastAdvertAt: now,
  masterDownAt: undefined,
  preemptAt: undefined,
  counters: {
    advertsReceived: 5,
    advertsSent: 10,
    becameMaster: 1,
    releasedMaster: 0,
    priorityZeroReceived: 0,
    priorityZeroSent: 0,
  },
  drops: { 'bad-ttl': 2 },
});

const poolStatistics = (now: Micros): PoolStatistics => ({
  key: '[10.0.0.1]:tcp:80',
  suspended: false,
  servers: [
    {
      key: '[10.0.1.1]:tcp:8080',
      checks: [{ at: micros(now - 1_000_000), kind: 'failure', text: 'connection refused' }],
      kernel: {
        weight: 2,
        activeConnections: 3,
        inactiveConnections: 4,
        connections: 5,
        incomingBytes: 6,
        outgoingBytes: 7,
      },
    },
    { key: '[10.0.1.2]:tcp:8080', checks: [null], kernel: undefined },
  ],
});
