import { seconds } from '@holdfast/kit';
import { describe, expect, test } from 'vitest';
import { printableAddress } from '../../src/dump/address-text.ts';
import { dumpText } from '../../src/dump/dump.ts';
import type { DumpedScript } from '../../src/dump/dumped-script.ts';
import { initialScript } from '../../src/logic/script.ts';
import { countUp, newlyRunning, type Running } from '../../src/system/running.ts';
import { instance, master, vip } from '../support/instance.ts';

const config = instance({
  authentication: { type: 'pass', password: 'secret' },
  trackScripts: [{ name: 'chk', weight: -20, reverse: false }],
  notify: { reportDeleted: false, master: { argv: ['/etc/up', 'now'], runAs: undefined } },
});
const { state, since } = master(config);
const running: Running = {
  ...newlyRunning(config, state),
  drops: countUp(countUp(new Map(), 'bad-ttl'), 'bad-checksum'),
};
const script: DumpedScript = {
  config: {
    name: 'chk',
    command: { argv: ['/bin/check', '-q'], runAs: undefined },
    interval: seconds(1),
    timeout: seconds(1),
    weight: -20,
    weightReverse: false,
    rise: 1,
    fall: 1,
    initFail: false,
  },
  state: initialScript,
};
const time = { now: seconds(since / 1e6 + 10), wallSeconds: 1_700_000_010 };
const text = (what: 'data' | 'stats' | 'json'): string => dumpText(what, [running], [script], time);

describe('keepalived.json', () => {
  const [first]: readonly {
    readonly data: Record<string, unknown>;
    readonly stats: Record<string, number>;
  }[] = JSON.parse(text('json'));

  test('the fields that programs read, with keepalived’s names and units', () => {
    expect(first?.data).toMatchObject({
      iname: 'VI_1',
      ifp_ifname: 'eth0',
      vrid: 51,
      base_priority: 100,
      effective_priority: 100,
      state: 2,
      wantstate: 2,
      version: 2,
      vipset: true,
      adver_int: 1,
      master_adver_int: 1,
      last_transition: 1_700_000_000,
      garp_delay: 5,
      script_master: '/etc/up now',
      vips: ['10.0.0.9/24 dev eth0 scope global set'],
      track_script: ['/bin/check -q'],
      auth_type: 1,
      auth_data: '********',
    });
  });

  test('empty lists and absent scripts are left out', () => {
    for (const field of ['evips', 'track_ifp', 'script_backup', 'script'])
      expect(first?.data).not.toHaveProperty(field);
  });

  test('counters', () => {
    expect(first?.stats).toMatchObject({ advert_sent: 1, become_master: 1, ip_ttl_err: 1, pri_zero_sent: 0 });
  });
});

test('no dump shows a password', () => {
  for (const what of ['data', 'stats', 'json'] as const) expect(text(what)).not.toContain('secret');
});

test('keepalived.stats has one counter a line below each instance', () => {
  expect(text('stats').split('\n')).toEqual(
    expect.arrayContaining([
      'VRRP Instance: VI_1',
      '  Advertisements:',
      '    Sent: 1',
      '    TTL: 1',
      '    bad-checksum: 1',
    ]),
  );
});

test('keepalived.data says in which state an instance is and why', () => {
  expect(text('data')).toContain('------< VRRP Topology >------\n VRRP Instance = VI_1\n');
  expect(text('data')).toContain('   State = MASTER\n');
  expect(text('data')).toContain('   Status = undecided\n');
});

test.each([
  [vip('10.0.0.9', { prefixLength: 32 }), false, '10.0.0.9 dev eth0 scope global'],
  [
    vip('10.0.0.9', { scope: 253, label: 'eth0:1' }),
    true,
    '10.0.0.9/24 dev eth0 scope link label eth0:1 set',
  ],
  [
    vip('10.0.0.9', { noTrack: true, noPrefixRoute: true }),
    false,
    '10.0.0.9/24 dev eth0 scope global noprefixroute no_track',
  ],
])('%o as keepalived prints it', (held, isSet, expected) => {
  expect(printableAddress(held, isSet)).toBe(expected);
});
