import { readFileSync } from 'node:fs';
import { address, micros, seconds } from '@holdfast/kit';
import type { AddressRequest } from '@holdfast/netlink';
import type { SavedInstance } from '@holdfast/vrrp';
import { expect, test } from 'vitest';
import { missingCapabilities } from '../../src/daemon/capabilities.ts';
import { configurationDump } from '../../src/daemon/parent-dump.ts';
import { requestOf } from '../../src/daemon/signals.ts';
import { withdrawAddresses } from '../../src/daemon/withdraw.ts';
import { version } from '../../src/version.ts';
import { global, instance } from '../supervisor/slice.ts';

test.each([
  [1, 'reload'],
  [2, 'stop'],
  [15, 'stop'],
  [10, 'data'],
  [12, 'stats'],
  [36, 'json'],
  [63, 'stats-clear'],
  [24, 'nothing'],
  [64, 'nothing'],
] as const)('signal %i asks for %s', (signal, request) => {
  expect(requestOf(signal, false)).toBe(request);
});

test('--ignore-sigint ignores SIGINT and nothing else', () => {
  expect(requestOf(2, true)).toBe('nothing');
  expect(requestOf(15, true)).toBe('stop');
});

test.each([
  ['CapEff:\t000001ffffffffff', []],
  ['CapEff:\t0000000000003000', []],
  ['CapEff:\t0000000000001000', ['CAP_NET_RAW']],
  ['CapEff:\t0000000000000000', ['CAP_NET_ADMIN', 'CAP_NET_RAW']],
  ['no such line', []],
] as const)('the process status %j lacks %o', (status, missing) => {
  expect(missingCapabilities(`Name:\tx\n${status}\nSeccomp:\t0\n`)).toEqual(missing);
});

test('the version is that of the project', () => {
  const packageJson: unknown = JSON.parse(
    readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
  );
  expect(packageJson).toMatchObject({ version });
});

test('a dump of the configuration masks passwords', () => {
  const secret = { ...instance('V1'), authentication: { type: 'pass', password: 'hunter2' } as const };
  const text = configurationDump({
    global,
    vrrpScripts: [],
    vrrpInstances: [secret],
    virtualServers: [],
  }).join('\n');
  expect(text).toContain('VRRP Instance V1');
  expect(text).toContain('********');
  expect(text).not.toContain('hunter2');
});

test('withdrawing asks for every address on the interface that holds it; what the kernel refuses is told', async () => {
  const requests: AddressRequest[] = [];
  const held = (text: string, name: string): SavedInstance['addresses'][number] => ({
    address: address(text),
    prefixLength: 24,
    interface: name,
    scope: 0,
    label: undefined,
    broadcast: undefined,
    peer: undefined,
    noPrefixRoute: false,
    noTrack: false,
  });
  const saved: SavedInstance = {
    name: 'V1',
    phase: 'master',
    lastAdvertAt: micros(0),
    masterAdvertInterval: seconds(1),
    masterDownInterval: seconds(3),
    addresses: [held('10.0.0.1', 'eth0'), held('10.0.0.2', 'gone'), held('10.0.0.3', 'eth1')],
    scripts: [],
  };
  const link = {
    adminUp: true,
    running: true,
    loopback: false,
    multicast: true,
    noArp: false,
    mtu: 1500,
    mac: new Uint8Array(6),
  };
  const result = await withdrawAddresses(
    {
      links: async () => ({
        ok: true,
        value: [
          { ...link, name: 'eth0', index: 2 },
          { ...link, name: 'eth1', index: 3 },
        ],
      }),
      addresses: async () => ({ ok: true, value: [] }),
      deleteAddresses: async (asked) => {
        requests.push(...asked);
        const refusal = { request: 'delete', code: 'EPERM', errno: 1, text: 'not allowed' };
        return [
          { ok: true, value: undefined },
          { ok: false, error: refusal },
        ];
      },
    },
    [saved],
  );
  expect(requests).toEqual([
    { index: 2, address: '10.0.0.1', prefixLength: 24 },
    { index: 3, address: '10.0.0.3', prefixLength: 24 },
  ]);
  expect(result).toEqual({ ok: false, error: ['10.0.0.3: EPERM not allowed'] });
});
