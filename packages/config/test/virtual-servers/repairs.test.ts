import { exitCodeOf } from '@holdfast/config';
import { seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { basics, marked, only, pool, read, server, told } from './pool.ts';

const without = (line: string): string => pool('', server(), '10.0.0.1 80', basics.replace(line, '# none'));
const misspelt = (right: string, wrong: string): string =>
  pool('', server(), '10.0.0.1 80', basics.replace(right, wrong));
const direct = basics.replace('NAT', 'DR');
const checked = (lines: string): string => pool('', server(lines));
const http = (url: string): string => checked(`HTTP_GET {\nurl {\n${url}\n}\n}`);

test.each([
  // the text                                    what is told, once                 what it becomes
  [without('protocol TCP'), '1 protocol-missing', { protocol: 'udp' }],
  [without('lb_algo rr'), '1 scheduler-missing', { scheduler: 'wlc' }],
  [without('lb_kind NAT'), '1 method-missing', { realServers: [{ forwarding: { method: 'NAT' } }] }],
  [misspelt('TCP', 'TPC'), '4 unknown-value', { protocol: 'udp' }],
  [misspelt('rr', 'rrr'), '2 unknown-value', { scheduler: 'wlc' }],
  [misspelt('NAT', 'NTA'), '3 unknown-value', { realServers: [{ forwarding: { method: 'NAT' } }] }],
  [pool('ops'), '5 one-packet-needs-udp', { onePacket: false }],
  [pool('', server(), '10.0.0.1'), '1 port-missing', { persistence: { timeout: 360 } }],
  [pool('persistence_timeout 0', server(), '10.0.0.1'), '5 out-of-range', { persistence: { timeout: 360 } }],
  [pool('persistence_granularity 24'), '5 wrong-granularity', { persistence: { netmask: '255.255.255.0' } }],
  [pool('protocol TCP', server('', '10.0.0.3'), 'fwmark 5', marked), '4 protocol-of-mark', { key: 'FWM 5' }],
  [
    pool('ha_suspend', server('', '10.0.0.3'), 'fwmark 5', marked),
    '4 ha-suspend-of-mark',
    { haSuspend: false },
  ],
  [pool('ip_family inet6'), '5 mixed-families', { services: [{ address: '10.0.0.1' }] }],
  [pool('sh-port'), '5 flag-of-another-scheduler', { schedulerFlags: { flag2: false } }],
  [
    pool('', `${server()}\n${server('weight 9')}`),
    '9 duplicate-real-server',
    { realServers: [{ weight: 1 }] },
  ],
  [
    pool('', server('', '10.0.0.3 81'), '10.0.0.1 80', direct),
    '6 port-not-translated',
    { realServers: [{ port: 80 }] },
  ],
  [
    pool('', server('TCP_CHECK {\n}', '10.0.0.3 81'), 'fwmark 5', 'lb_algo rr\nlb_kind DR'),
    '5 port-not-translated',
    { realServers: [{ port: 0, checkers: [{ target: { port: 81 } }] }] },
  ],
  [
    pool('', `${server()}\n${server('', '2001:db8::3 80')}`),
    '9 mixed-families',
    { realServers: [{ address: '10.0.0.3' }] },
  ],
  [pool('quorum 5'), '5 quorum-too-high', { quorum: 1 }],
  [pool('quorum 0'), '5 out-of-range', { quorum: 1 }],
  [pool('weight 9\nquorum 3\nhysteresis 3'), '7 hysteresis-too-high', { quorum: 3, hysteresis: 2 }],
  [pool('quorum 5\nhysteresis 4'), '5 quorum-too-high', { quorum: 1, hysteresis: 0 }],
  [pool('quorum 2', `${server()}\n${server('', '10.0.0.333 80')}`), '9 bad-address', { quorum: 1 }],
  [pool('sorry_server 10.0.0.777 80'), '5 bad-address', { sorryServer: undefined }],
  [pool('sorry_server 10.0.0.777 80\nsorry_server_inhibit'), '5 bad-address', { sorryServerInhibit: false }],
  [pool('sorry_server 2001:db8::7 80'), '5 mixed-families', { sorryServer: undefined }],
  [pool('sorry_server_inhibit'), '5 sorry-server-missing', { sorryServerInhibit: false }],
  [
    pool('sorry_server_inhibit\nsorry_server 10.0.0.7'),
    '5 sorry-server-missing',
    { sorryServerInhibit: false },
  ],
  [
    pool('sorry_server 10.0.0.3 80\nsorry_server_inhibit'),
    '5 inhibit-differs',
    { sorryServerInhibit: false },
  ],
  [
    pool('sorry_server 10.0.0.3', server('inhibit_on_failure')),
    '5 inhibit-differs',
    { sorryServerInhibit: true },
  ],
  [
    checked('uthreshold 5\nlthreshold 9'),
    '8 thresholds-crossed',
    { realServers: [{ upperThreshold: 5, lowerThreshold: 0 }] },
  ],
  [checked('weight -1'), '7 out-of-range', { realServers: [{ weight: 1 }] }],
  [checked('retry 0'), '7 out-of-range', {}],
  [checked('HTTP_GET {\n}'), '7 checker-without-url', { realServers: [{ checkers: [] }] }],
  [http('status_code 200'), '8 url-without-path', { realServers: [{ checkers: [] }] }],
  [http('path <PATH>'), '9 placeholder', { realServers: [{ checkers: [] }] }],
  [
    http('path /\nstatus_code 099 404'),
    '10 bad-status-code',
    { realServers: [{ checkers: [{ urls: [{ statusCodes: [{ from: 404, to: 404 }] }] }] }] },
  ],
  [
    http('path /\nstatus_code 99'),
    '10 bad-status-code',
    { realServers: [{ checkers: [{ urls: [{ statusCodes: [{ from: 200, to: 299 }] }] }] }] },
  ],
  [
    http('path /\nstatus_code 300-200 404'),
    '10 bad-status-code',
    { realServers: [{ checkers: [{ urls: [{ statusCodes: [{ from: 404, to: 404 }] }] }] }] },
  ],
  [
    http('path /\ndigest abc'),
    '10 bad-digest',
    { realServers: [{ checkers: [{ urls: [{ digest: undefined }] }] }] },
  ],
  [checked('MISC_CHECK {\nuser root\n}'), '7 checker-without-program', { realServers: [{ checkers: [] }] }],
  [checked('MISC_CHECK {\nmisc_path <PROGRAM>\n}'), '8 placeholder', { realServers: [{ checkers: [] }] }],
  [
    checked('TCP_CHECK {\nbindto 2001:db8::1\n}'),
    '8 mixed-families',
    { realServers: [{ checkers: [{ target: { bindTo: undefined } }] }] },
  ],
  [
    checked('TCP_CHECK {\nbindto 10.0.0.2\nconnect_ip 2001:db8::1\n}'),
    '9 mixed-families',
    { realServers: [{ checkers: [{ target: { address: '10.0.0.3', bindTo: '10.0.0.2' } }] }] },
  ],
  [
    checked('TCP_CHECK {\nconnect_ip fe80::1\n}'),
    '7 link-local-without-interface',
    { realServers: [{ checkers: [] }] },
  ],
  [
    checked('TCP_CHECK {\ndelay_loop 5s\n}'),
    '8 trailing-characters',
    { realServers: [{ checkers: [{ pace: { delayLoop: seconds(5) } }] }] },
  ],
] as const)('%j: %s, and it becomes %j', (text, complaint, expected) => {
  expect(told(text)).toEqual([complaint]);
  expect(only(text)).toMatchObject(expected);
});

test.each([
  ['TUN type gue', { type: 'ipip' }],
  ['TUN type gue port 0', { type: 'ipip' }],
  ['TUN type ipip csum', { type: 'ipip' }],
  ['TUN type gre remcsum', { type: 'gre', checksum: 'nocsum' }],
  ['TUN type gre port 5', { type: 'gre', checksum: 'nocsum' }],
  ['TUN type vxlan', { type: 'ipip' }],
  ['TUN colour', { type: 'ipip' }],
])('lb_kind %s is told and becomes %j', (words, tunnel) => {
  const text = pool('', server(), '10.0.0.1 80', basics.replace('NAT', words));
  expect(told(text)).toEqual(['3 wrong-tunnel']);
  expect(only(text)?.realServers).toMatchObject([{ forwarding: { method: 'TUN', tunnel } }]);
});

const group = (entries: string, header = 'group G'): string =>
  `virtual_server_group G {\n${entries}\n}\n${pool('', server(), header)}`;

test.each([
  [pool('', ''), '1 no-real-server'],
  [pool('', server('', '10.0.0.333 80')), '6 bad-address'],
  [pool('', server('', '2001:db8::3 80')), '6 mixed-families'],
  [pool('', server(), '10.0.0.1000 80'), '1 bad-address'],
  [pool('', server(), 'fwmark 0'), '1 not-a-number'],
  [pool('', server(), 'group H'), '1 group-undefined'],
  [group('10.0.0.999 80'), '2 bad-address'],
  [group('# nothing'), '1 group-empty'],
  [group('10.0.0.9-1 80'), '2 bad-range'],
  [group('10.0.0.9-9 80'), '2 bad-range'],
  [group('10.0.0.9-256 80'), '2 bad-range'],
  [group('10.0.0.9/24 80'), '2 bad-range'],
  [group('10.0.0.0/33 80'), '2 bad-range'],
  [group('10.0.0.0/8 80'), '2 bad-range'],
  [group('2001:db8::/64 80'), '2 bad-range'],
  [group('10.0.0.9 99999'), '2 bad-port'],
  [group('fwmark x'), '2 not-a-number'],
  [group('fwmark 5 inte'), '2 unknown-value'],
  [group('10.0.0.9 80\n2001:db8::1 80\nfwmark 5'), '1 mixed-families'],
])('%j: %s, and nothing is left to run', (text, complaint) => {
  expect(told(text)).toEqual([complaint]);
  expect(read(text).config.virtualServers).toEqual([]);
});

test('a MISC_CHECK whose user is not named runs as any other', () => {
  const { config, diagnostics } = read(pool('', server('MISC_CHECK {\nmisc_path /bin/true\nuser\n}')));
  expect(diagnostics.map(({ code, fatal }) => [code, fatal])).toEqual([['missing-argument', false]]);
  expect(config.virtualServers[0]?.realServers[0]?.checkers).toMatchObject([{ kind: 'MISC_CHECK' }]);
});

test('a checker needs a port, which a firewall mark does not give', () => {
  const text = (lines: string): string =>
    pool('', server(`TCP_CHECK {\n${lines}\n}`, '10.0.0.3'), 'fwmark 5', marked);
  expect(told(text(''))).toEqual(['6 checker-without-port']);
  expect(exitCodeOf(read(text('')).diagnostics)).toBe(0);
  expect(told(text('connect_port 80'))).toEqual([]);
});

test('a group of marks has no port for its servers', () => {
  const text = `virtual_server_group G {\nfwmark 5\n}\n${pool('', server(), 'group G', 'lb_algo rr\nlb_kind DR')}`;
  expect(told(text)).toEqual(['8 port-not-translated']);
  expect(only(text)?.realServers).toMatchObject([{ port: 0 }]);
});

test('the same service twice is told, and both go on under names of their own', () => {
  const text = pool('', server()) + pool('', server('', '10.0.0.4 80'));
  expect(told(text)).toEqual(['10 duplicate-virtual-server']);
  expect(read(text).config.virtualServers).toMatchObject([
    { key: '[10.0.0.1]:tcp:80', realServers: [{ address: '10.0.0.3' }] },
    { key: '[10.0.0.1]:tcp:80 (2)', realServers: [{ address: '10.0.0.4' }] },
  ]);
  expect(exitCodeOf(read(text).diagnostics)).toBe(0);
});

test('the same address and port with another protocol is another service', () => {
  const text = pool('', server()) + pool('', server(), '10.0.0.1 80', basics.replace('TCP', 'UDP'));
  expect(told(text)).toEqual([]);
  expect(read(text).config.virtualServers.map(({ key }) => key)).toEqual([
    '[10.0.0.1]:tcp:80',
    '[10.0.0.1]:udp:80',
  ]);
});
