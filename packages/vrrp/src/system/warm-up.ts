import type { VrrpInstance } from '@holdfast/config';
import { address, type Micros, micros, ok, plus, seconds } from '@holdfast/kit';
import type { Link, LinkAddress } from '@holdfast/netlink';
import type { ToVrrp } from '../ipc.ts';
import { nextDeadline } from '../logic/instance.ts';
import { advertDatagrams } from '../logic/transmit.ts';
import type { Machine } from './machine.ts';
import { openOutbox } from './outbox.ts';
import { Router } from './router.ts';

/**
 * Plays the life of a made-up instance against nothing: backup, master, hearing others, stop. What runs for the first
 * time is compiled first, which would otherwise cost the first takeover of a fresh worker about a millisecond.
 */
export function warmUp(): void {
  let now: Micros = seconds(1);
  let alarmAt: Micros | undefined;
  const arm = (at: Micros): void => {
    alarmAt = at;
  };
  const router = new Router(
    {
      clock: { now: () => now },
      timer: { arm, disarm: nothing, close: nothing },
      wire: { open: nothing, close: nothing, send: () => [], drain: nothing, closeAll: nothing },
      garp: { announce: () => [], close: nothing },
      routes: {
        links: () => Promise.resolve(ok([])),
        addresses: () => Promise.resolve(ok([])),
        addAddresses: () => Promise.resolve([]),
        deleteAddresses: () => Promise.resolve([]),
        watch: nothing,
        close: nothing,
      },
    },
    machine,
    openOutbox({ send: (_message, onWritten) => onWritten() }),
    nothing,
  );
  const hear = (priority: number): void => {
    for (const { bytes } of advertDatagrams(config, address('192.0.2.3'), priority, 1))
      router.datagram(1, bytes);
  };
  router.configure(message);
  for (let round = 0; round < rounds; round++) {
    hear(200);
    hear(0);
    now = plus(alarmAt ?? now, micros(100));
    router.timerExpired();
    hear(50);
    now = plus(now, seconds(1));
    router.timerExpired();
    router.machineChanged();
  }
  for (const { state } of router.instances) nextDeadline(state);
  router.stop();
}

const rounds = 3;
const nothing = (): undefined => undefined;

const config: VrrpInstance = {
  name: 'warm-up',
  interface: 'none',
  family: 4,
  version: 2,
  virtualRouterId: 1,
  initialState: 'BACKUP',
  priority: 100,
  advertInterval: seconds(1),
  authentication: { type: 'none' },
  nopreempt: false,
  preemptDelay: micros(0),
  downTimerAdverts: 3,
  sourceAddress: undefined,
  multicastDestination: address('224.0.0.18'),
  unicastPeers: [],
  unicastTtl: 255,
  checkUnicastSource: false,
  virtualAddresses: [
    {
      address: address('192.0.2.9'),
      prefixLength: 24,
      interface: 'none',
      scope: 0,
      label: undefined,
      broadcast: undefined,
      peer: undefined,
      noPrefixRoute: false,
      noTrack: false,
    },
  ],
  excludedAddresses: [],
  trackScripts: [],
  trackInterfaces: [],
  dontTrackPrimary: false,
  garp: {
    masterDelay: seconds(5),
    masterRepeat: 5,
    masterRefresh: micros(0),
    masterRefreshRepeat: 1,
    lowerPriorityDelay: seconds(5),
    lowerPriorityRepeat: 5,
  },
  lowerPriorityNoAdvert: false,
  higherPrioritySendAdvert: false,
  ownerIgnoreAdverts: false,
  skipCheckAdvertAddresses: false,
  strict: false,
  checksumWithoutPseudoHeader: false,
  promoteSecondaries: false,
  notify: { reportDeleted: false },
  notifyPriorityChanges: false,
};

const message: Extract<ToVrrp, { kind: 'configure' }> = {
  kind: 'configure',
  reason: 'start',
  options: { dontReleaseVrrp: false, releaseVips: false, logDetail: true },
  saved: [],
  slice: {
    vrrpInstances: [config],
    vrrpScripts: [],
    global: {
      routerId: undefined,
      enableScriptSecurity: false,
      scriptUser: undefined,
      dynamicInterfaces: true,
      vrrpStartupDelay: micros(0),
      vrrpRealtimePriority: undefined,
      vrrpNice: undefined,
      childWaitTime: seconds(5),
      processNames: {},
      logUnknownVrids: false,
      reloadCheckConfig: false,
      vrrpSocket: 'native',
      garpInterval: micros(0),
    },
  },
};

const link: Link = {
  index: 1,
  name: 'none',
  adminUp: true,
  running: true,
  loopback: false,
  multicast: true,
  noArp: false,
  mtu: 1500,
  mac: new Uint8Array(6),
};

const own: LinkAddress = {
  index: 1,
  address: address('192.0.2.2'),
  prefixLength: 24,
  scope: 0,
  secondary: false,
  tentative: false,
  protocol: 0,
};

const machine: Machine = {
  link: () => link,
  linkAt: () => link,
  interfaceState: () => 'up',
  addressesOf: () => [own],
  holds: () => false,
};
