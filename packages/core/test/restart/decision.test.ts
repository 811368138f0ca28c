import type { SavedPools } from '@holdfast/healthcheck';
import { address, micros, plus, seconds } from '@holdfast/kit';
import type { SavedInstance } from '@holdfast/vrrp';
import { describe, expect, test } from 'vitest';
import { decideRestart, type RestartNote } from '../../src/restart/decision.ts';

const stopped = seconds(1000);
const at = (after: number) => micros(stopped + Math.round(after * 1e6));

const instance = (more: Partial<SavedInstance> = {}): SavedInstance => ({
  name: 'VI_1',
  phase: 'master',
  lastAdvertAt: stopped,
  masterAdvertInterval: seconds(1),
  masterDownInterval: seconds(3),
  addresses: [
    {
      address: address('10.0.0.9'),
      prefixLength: 24,
      interface: 'eth0',
      scope: 0,
      label: undefined,
      broadcast: undefined,
      peer: undefined,
      noPrefixRoute: false,
      noTrack: false,
    },
  ],
  scripts: [],
  ...more,
});

const written = [{ kind: 'fwmark', family: 4, mark: 7 }] as const;
const timeoutsBefore = { tcp: 900, tcpFin: 120, udp: 300 };
const pools: SavedPools = {
  pools: [{ key: 'tcp/10.0.0.9:80', quorum: 'up', servers: [] }],
  written,
  settled: ['tcp/10.0.0.9:80'],
  unsettled: [],
  timeoutsBefore,
};
const orders = { handedOver: ['VI_2'], wishes: {} };

const note = (more: Partial<RestartNote> = {}): RestartNote => ({
  place: 'here',
  configuration: 'same',
  leftAt: at(0.01),
  instances: [instance()],
  pools,
  orders,
  ...more,
});

const decide = (left: RestartNote | undefined, after: number) =>
  decideRestart(left, { place: 'here', configuration: 'same', now: at(after) });
const phases = ({ instances }: ReturnType<typeof decide>) =>
  instances.map(({ name, phase }) => `${name} ${phase}`);
const names = (instances: readonly SavedInstance[]) => instances.map(({ name }) => name);

describe('half of the smallest Master_Down_Interval since the last advert decides', () => {
  test.each([
    // seconds since the last advert, three advert intervals, what becomes of it
    [0.3, 3, 'goes-on'],
    [1.499999, 3, 'goes-on'],
    [1.5, 3, 'too-late'],
    [2.9, 3, 'too-late'],
    [0.499999, 1, 'goes-on'],
    [0.5, 1, 'too-late'],
    [14, 30, 'goes-on'],
    [3600, 3, 'too-late'],
  ] as const)(
    '%d s after its last advert a master with an interval of %d s: %s',
    (after, interval, outcome) => {
      const left = note({ instances: [instance({ masterDownInterval: seconds(interval) })] });
      const decision = decide(left, after);
      expect(decision.outcome).toBe(outcome);
      expect(phases(decision)).toEqual([outcome === 'goes-on' ? 'VI_1 master' : 'VI_1 backup']);
      expect(names(decision.withdraw)).toEqual(outcome === 'goes-on' ? [] : ['VI_1']);
    },
  );

  test('each master is decided by its own advert and interval', () => {
    const left = note({
      instances: [
        instance(),
        instance({ name: 'quick', masterDownInterval: seconds(1) }),
        instance({ name: 'old', lastAdvertAt: at(-2) }),
        instance({ name: 'listener', phase: 'backup', lastAdvertAt: undefined }),
      ],
    });
    const decision = decide(left, 0.6);
    expect(phases(decision)).toEqual(['VI_1 master', 'quick backup', 'old backup', 'listener backup']);
    expect(names(decision.withdraw)).toEqual(['quick', 'old']);
  });

  test.each([
    ['never sent an advert', { lastAdvertAt: undefined }],
    ['sent one in the future', { lastAdvertAt: plus(at(10), seconds(1)) }],
  ])('a master that %s has no claim', (_, more) => {
    const decision = decide(note({ instances: [instance(more)] }), 0.1);
    expect(names(decision.withdraw)).toEqual(['VI_1']);
  });
});

describe('where the note does not hold', () => {
  test.each([
    ['there is none (a crash leaves none)', undefined],
    ['it is of another boot or network namespace', note({ place: 'there' })],
  ])('%s: nothing is taken over', (_, left) => {
    expect(decide(left, 0.1)).toEqual({
      outcome: 'nothing-left',
      instances: [],
      withdraw: [],
      pools: undefined,
      orders: undefined,
    });
  });

  test('another configuration: what was held is withdrawn, and only whose services the table holds is known', () => {
    expect(decide(note({ configuration: 'other' }), 0.1)).toEqual({
      outcome: 'other-configuration',
      instances: [],
      withdraw: [instance()],
      pools: { pools: [], written, settled: [], unsettled: [], timeoutsBefore },
      orders: undefined,
    });
  });
});

describe('pools and orders', () => {
  test.each([
    [0.3, pools],
    [59, pools],
    [61, { pools: [], written, settled: [], unsettled: [], timeoutsBefore }],
    [-1, { pools: [], written, settled: [], unsettled: [], timeoutsBefore }],
  ])('%d s later what is known of the health is this', (after, known) => {
    expect(decide(note(), after).pools).toEqual(known);
  });

  test('what an operator ordered goes on', () => {
    expect(decide(note(), 30).orders).toEqual(orders);
  });
});
