import { address } from '@holdfast/kit';
import { expect, test } from 'vitest';
import type { Facts } from '../../src/container/facts.ts';
import { container, line, nic, outcome } from './world.ts';

type Variables = Readonly<Record<string, string>>;

const vips = { HOLDFAST_VIPS: '172.28.0.100' };
const two = [nic('eth0', '172.28.0.2/16'), nic('eth1', '10.9.0.2/24')];
const route = (name: string, metric = 0): Facts['defaultRoutes'][number] => ({
  interface: name,
  metric,
  family: 4,
});

test.each<readonly [string, Variables, Partial<Facts>, string]>([
  ['the default route decides', vips, { nics: two }, 'eth0'],
  [
    'and of two the better one',
    vips,
    { nics: two, defaultRoutes: [route('eth0', 5), route('eth1', 9)] },
    'eth0',
  ],
  [
    'addresses that the kernel gave by itself do not count',
    vips,
    {
      nics: [nic('eth1', 'fe80::7/64'), nic('eth2', '169.254.1.1/16'), ...two.slice(0, 1)],
      defaultRoutes: [],
    },
    'eth0',
  ],
  ['without a route the only one is taken', vips, { defaultRoutes: [] }, 'eth0'],
  ['a name', { ...vips, HOLDFAST_INTERFACE: 'eth1' }, { nics: two }, 'eth1'],
  ['a pattern', { ...vips, HOLDFAST_INTERFACE: '*1' }, { nics: two }, 'eth1'],
  ['a pattern with brackets', { ...vips, HOLDFAST_INTERFACE: 'eth[!0]' }, { nics: two }, 'eth1'],
  ['a network', { ...vips, HOLDFAST_INTERFACE: '10.9.0.0/24' }, { nics: two }, 'eth1'],
  [
    'a network in which another interface has but a virtual address',
    { HOLDFAST_VIPS: '10.9.0.100', HOLDFAST_INTERFACE: '10.9.0.0/24' },
    { nics: [nic('eth0', '172.28.0.2/16', '10.9.0.100/32'), nic('eth1', '10.9.0.2/24')] },
    'eth1',
  ],
])('interface: %s', (_, environment, different, wanted) => {
  expect(line(outcome(container({ environment, ...different })), 'interface')).toBe(`interface ${wanted}`);
});

test.each<readonly [string, Variables, Partial<Facts>, string]>([
  [
    'no default route and two candidates',
    vips,
    { nics: two, defaultRoutes: [] },
    'there is no default route, and eth0 and eth1 could be meant: set HOLDFAST_INTERFACE=eth0 or eth1',
  ],
  [
    'two equal routes',
    vips,
    { nics: two, defaultRoutes: [route('eth0'), route('eth1')] },
    'equally good default routes leave through eth0 and eth1: set HOLDFAST_INTERFACE=eth0 or eth1',
  ],
  [
    'a name that is not there',
    { ...vips, HOLDFAST_INTERFACE: 'ens3' },
    { nics: two },
    'there is no interface called ens3: there are eth0 and eth1',
  ],
  [
    'a pattern for two',
    { ...vips, HOLDFAST_INTERFACE: 'eth*' },
    { nics: two },
    'eth0 and eth1 are interfaces fitting eth*: set HOLDFAST_INTERFACE=eth0 or eth1',
  ],
  [
    'a network of nobody',
    { ...vips, HOLDFAST_INTERFACE: '10.8.0.0/24' },
    { nics: two },
    'there is no interface with an address in 10.8.0.0/24: there are eth0 and eth1',
  ],
  [
    'a network that is none',
    { ...vips, HOLDFAST_INTERFACE: '10.8.0.0/64' },
    {},
    'HOLDFAST_INTERFACE=10.8.0.0/64 is no network: write ADDRESS/PREFIX, or a name',
  ],
  [
    'a virtual address elsewhere',
    { HOLDFAST_VIPS: '10.9.0.100' },
    { nics: two },
    '10.9.0.100 lies in the network of eth1, and the default route leaves through eth0: set HOLDFAST_INTERFACE=eth1 or eth0',
  ],
  [
    'an interface without an address',
    vips,
    { nics: [nic('eth0')] },
    'eth0 has no IPv4 address of its own: give the container one',
  ],
  [
    'no interface at all',
    vips,
    { nics: [], defaultRoutes: [] },
    'there is no interface: give the container a network',
  ],
])('an interface is not guessed: %s', (_, environment, different, sentence) => {
  expect(outcome(container({ environment, ...different }))).toBe(sentence);
});

test.each<readonly [string, Variables, readonly string[], string]>([
  ['the only address', vips, ['172.28.0.2/16'], 'mcast_src_ip 172.28.0.2'],
  ['the first of several', vips, ['172.28.0.7/16', '172.28.0.2/16'], 'mcast_src_ip 172.28.0.7'],
  ['not a virtual one that was left', vips, ['172.28.0.100/32', '172.28.0.2/16'], 'mcast_src_ip 172.28.0.2'],
  ['not one of zeroconf', vips, ['169.254.7.7/16', '172.28.0.2/16'], 'mcast_src_ip 172.28.0.2'],
  [
    'the one that is named',
    { ...vips, HOLDFAST_ADDRESS: '172.28.0.3' },
    ['172.28.0.2/16', '172.28.0.3/16'],
    'mcast_src_ip 172.28.0.3',
  ],
  [
    'the one in the network',
    { ...vips, HOLDFAST_INTERFACE: '10.1.0.0/16' },
    ['172.28.0.2/16', '10.1.0.3/16'],
    'mcast_src_ip 10.1.0.3',
  ],
  [
    'link-local for IPv6',
    { HOLDFAST_VIPS: '2001:db8::100/64' },
    ['172.28.0.2/16', '2001:db8::2/64', 'fe80::2/64'],
    'mcast_src_ip fe80::2',
  ],
  [
    'but global to peers',
    { HOLDFAST_VIPS: '2001:db8::100/64', HOLDFAST_PEERS: '2001:db8::3' },
    ['fe80::2/64', '2001:db8::2/64'],
    'unicast_src_ip 2001:db8::2',
  ],
])('source: %s', (_, environment, addresses, wanted) => {
  const text = outcome(container({ environment, nics: [nic('eth0', ...addresses)] }));
  expect(line(text, wanted.split(' ')[0] ?? '')).toBe(wanted);
});

test.each<readonly [string, Variables, string, string]>([
  ['Docker makes host names of digits', {}, '3f2a9c0d1e04', '100'],
  ['the ordinal of a host name', {}, 'holdfast-1', '190'],
  ['with a domain', {}, 'web0.example.org', '200'],
  ['a number', { HOLDFAST_PRIORITY: '120' }, 'holdfast-1', '120'],
  ['by host', { HOLDFAST_PRIORITY: 'a=150, b=110' }, 'b.example.org', '110'],
  ['an ordinal', { HOLDFAST_ORDINAL: '2' }, 'whatever', '180'],
  ['a year is no ordinal', {}, 'server-2024', '100'],
])('priority: %s', (_, environment, hostName, wanted) => {
  const text = outcome(container({ environment: { ...vips, ...environment }, hostName }));
  expect(line(text, 'priority')).toBe(`priority ${wanted}`);
});

test.each<readonly [string, string, readonly string[]]>([
  ['addresses', '172.28.0.3 172.28.0.4', ['172.28.0.3', '172.28.0.4']],
  ['this container is none', '172.28.0.2,172.28.0.3', ['172.28.0.3']],
  ['a name, which others have too', 'holdfast', ['172.28.0.3', '172.28.0.5']],
  ['a name and one of its addresses', 'holdfast 172.28.0.3', ['172.28.0.3', '172.28.0.5']],
])('peers: %s', (_, peers, wanted) => {
  const resolved = new Map([
    ['holdfast', ['172.28.0.5', '172.28.0.2', '172.28.0.100', '172.28.0.3', '2001:db8::3'].map(address)],
  ]);
  const text = outcome(container({ environment: { ...vips, HOLDFAST_PEERS: peers }, resolved }));
  const block = /unicast_peer \{\n([^}]*)\}/.exec(text)?.[1] ?? '';
  expect(
    block
      .split('\n')
      .map((each) => each.replace(/#.*/, '').trim())
      .filter(Boolean),
  ).toEqual(wanted);
});

test('as long as nobody else has the name of the peers, this container stands in', () => {
  const resolved = new Map([['holdfast', [address('172.28.0.2')]]]);
  const text = outcome(container({ environment: { ...vips, HOLDFAST_PEERS: 'holdfast' }, resolved }));
  expect(text).toMatch(
    /unicast_peer \{\n +# nobody else is called holdfast yet, this container stands in\n +172.28.0.2 /,
  );
});

test('a virtual address without a prefix has that of its network', () => {
  const environment = { HOLDFAST_VIPS: '172.28.0.100 10.0.0.9 172.28.0.101/32 2001:db8::9' };
  const text = outcome(container({ environment }));
  const addresses = [...text.matchAll(/^ {8}([0-9a-f.:]+\/\d+)/gm)].map(([, found]) => found);
  expect(addresses).toEqual(['172.28.0.100/16', '10.0.0.9/32', '172.28.0.101/32', '2001:db8::9/128']);
  expect(text).toMatch(/virtual_ipaddress_excluded \{\n +2001:db8::9/);
});

test('behind each value stands where it came from', () => {
  const text = outcome(container({ environment: { ...vips, HOLDFAST_VRID: '7' }, hostName: 'lb-0' }));
  expect(text).toMatch(/interface eth0 +# the interface of the default route/);
  expect(text).toMatch(/virtual_router_id 7 +# HOLDFAST_VRID/);
  expect(text).toMatch(/priority 200 +# the number at the end of the host name lb-0/);
  expect(text).toMatch(/mcast_src_ip 172.28.0.2 +# the address of eth0/);
  expect(text).toMatch(/172.28.0.100\/16 +# HOLDFAST_VIPS, in the network of eth0/);
});
