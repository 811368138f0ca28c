import { seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { basics, marked, only, onlyServer, pool, read, server, told } from './pool.ts';

test('a small virtual server has keepalived’s defaults', () => {
  const text = pool('', server('TCP_CHECK {\n}'));
  expect(told(text)).toEqual([]);
  expect(read(text).config.virtualServers).toEqual([
    {
      key: '[10.0.0.1]:tcp:80',
      services: [{ kind: 'address', address: '10.0.0.1', port: 80 }],
      protocol: 'tcp',
      scheduler: 'rr',
      schedulerFlags: { flag1: false, flag2: false, flag3: false },
      onePacket: false,
      persistence: undefined,
      persistenceEngine: undefined,
      delayLoop: seconds(60),
      haSuspend: false,
      alpha: false,
      omega: false,
      quorum: 1,
      hysteresis: 0,
      quorumUp: undefined,
      quorumDown: undefined,
      sorryServer: undefined,
      sorryServerInhibit: false,
      virtualhost: undefined,
      realServers: [
        {
          key: '[10.0.0.3]:tcp:80',
          address: '10.0.0.3',
          port: 80,
          forwarding: { method: 'NAT' },
          weight: 1,
          inhibitOnFailure: false,
          upperThreshold: 0,
          lowerThreshold: 0,
          notifyUp: undefined,
          notifyDown: undefined,
          virtualhost: undefined,
          checkers: [
            {
              kind: 'TCP_CHECK',
              target: {
                address: '10.0.0.3',
                port: 80,
                bindTo: undefined,
                bindPort: undefined,
                bindInterface: undefined,
                fwmark: undefined,
                connectTimeout: seconds(5),
              },
              pace: {
                delayLoop: seconds(60),
                retry: 1,
                delayBeforeRetry: seconds(1),
                warmup: seconds(60),
                alpha: false,
                logAllFailures: false,
              },
            },
          ],
        },
      ],
    },
  ]);
});

const script = (program: string, user?: string) => ({
  argv: [program, 'a'],
  runAs: user === undefined ? undefined : { user, group: undefined },
});

test.each([
  ['alpha\nomega\nha_suspend', { alpha: true, omega: true, haSuspend: true }],
  ['delay_loop 2.5', { delayLoop: seconds(2.5) }],
  ['weight 7\nquorum 5\nhysteresis 2', { quorum: 5, hysteresis: 2 }],
  [
    'quorum_up "/bin/up a" root\nquorum_down "/bin/down a"',
    { quorumUp: script('/bin/up', 'root'), quorumDown: script('/bin/down') },
  ],
  ['persistence_timeout', { persistence: { timeout: 360, netmask: undefined } }],
  [
    'persistence_timeout 50\npersistence_engine sip',
    { persistence: { timeout: 50 }, persistenceEngine: 'sip' },
  ],
  ['persistence_granularity 255.255.0.255', { persistence: { timeout: 360, netmask: '255.255.0.255' } }],
  ['flag-1\nflag-3', { schedulerFlags: { flag1: true, flag2: false, flag3: true } }],
  ['lb_algo sh\nsh-port', { scheduler: 'sh', schedulerFlags: { flag1: false, flag2: true, flag3: false } }],
  [
    'lvs_sched mh\nmh-fallback',
    { scheduler: 'mh', schedulerFlags: { flag1: true, flag2: false, flag3: false } },
  ],
  ['protocol udp\nops', { protocol: 'udp', onePacket: true, key: '[10.0.0.1]:udp:80' }],
  ['protocol SCTP', { protocol: 'sctp' }],
  ['virtualhost www.example.com', { virtualhost: 'www.example.com' }],
  [
    'sorry_server 10.0.0.7',
    { sorryServer: { address: '10.0.0.7', port: 80, forwarding: { method: 'NAT' } } },
  ],
  ['sorry_server 10.0.0.7 81\nsorry_server_inhibit', { sorryServer: { port: 81 }, sorryServerInhibit: true }],
  ['sorry_server 10.0.0.7 80\nsorry_server_lvs_method DR', { sorryServer: { forwarding: { method: 'DR' } } }],
])('virtual_server with %j becomes %j', (lines, expected) => {
  expect(told(pool(lines))).toEqual([]);
  expect(only(pool(lines))).toMatchObject(expected);
});

const tunnel = (words: string): string => pool('', server(), '10.0.0.1 80', basics.replace('NAT', words));

test.each([
  ['DR', { method: 'DR' }],
  ['TUN', { method: 'TUN', tunnel: { type: 'ipip' } }],
  ['TUN type gre csum', { method: 'TUN', tunnel: { type: 'gre', checksum: 'csum' } }],
  [
    'TUN type gue port 6080 remcsum',
    { method: 'TUN', tunnel: { type: 'gue', port: 6080, checksum: 'remcsum' } },
  ],
  ['TUN type gue port 6080', { method: 'TUN', tunnel: { type: 'gue', port: 6080, checksum: 'nocsum' } }],
])('lb_kind %s is %j', (words, forwarding) => {
  expect(told(tunnel(words))).toEqual([]);
  expect(onlyServer(tunnel(words))?.forwarding).toEqual(forwarding);
});

test.each([
  ['weight 0', { weight: 0 }],
  ['lvs_method DR', { forwarding: { method: 'DR' } }],
  ['uthreshold 9\nlthreshold 5', { upperThreshold: 9, lowerThreshold: 5 }],
  ['inhibit_on_failure', { inhibitOnFailure: true }],
  ['notify_up "/bin/up a" root', { notifyUp: script('/bin/up', 'root') }],
  ['virtualhost a.example.com', { virtualhost: 'a.example.com' }],
])('real_server with %j becomes %j', (lines, expected) => {
  expect(onlyServer(pool('', server(lines) + server('', '10.0.0.4 80')))).toMatchObject(expected);
});

test('real servers take over what the virtual server says, unless they say otherwise', () => {
  const lines =
    'weight 4\ninhibit_on_failure\nalpha\nretry 5\ndelay_before_retry 2\nwarmup 3\nconnect_timeout 4\ndelay_loop 6';
  const [first, second, third] =
    only(
      pool(
        lines,
        server('TCP_CHECK {\n}') +
          server(
            'weight 1\ninhibit_on_failure off\nalpha off\nretry 6\ndelay_loop 7\nwarmup 1\ndelay_before_retry 8\nconnect_timeout 9\nTCP_CHECK {\n}',
            '10.0.0.4 80',
          ) +
          server('retry 6\nTCP_CHECK {\nretry 0\nwarmup 0\nalpha off\nconnect_timeout 1\n}', '10.0.0.5 80'),
      ),
    )?.realServers ?? [];
  expect(first).toMatchObject({
    weight: 4,
    inhibitOnFailure: true,
    checkers: [
      {
        pace: {
          retry: 5,
          delayBeforeRetry: seconds(2),
          warmup: seconds(3),
          alpha: true,
          delayLoop: seconds(6),
        },
        target: { connectTimeout: seconds(4) },
      },
    ],
  });
  expect(second).toMatchObject({
    weight: 1,
    inhibitOnFailure: false,
    checkers: [
      {
        pace: {
          retry: 6,
          alpha: false,
          delayLoop: seconds(7),
          warmup: seconds(1),
          delayBeforeRetry: seconds(8),
        },
        target: { connectTimeout: seconds(9) },
      },
    ],
  });
  expect(third?.checkers).toMatchObject([
    { pace: { retry: 0, warmup: 0, alpha: false }, target: { connectTimeout: seconds(1) } },
  ]);
});

const group = (entries: string): string => `virtual_server_group G {\n${entries}\n}\n`;
const addresses = (...list: readonly string[]) =>
  list.map((address) => ({ kind: 'address', address, port: 80 }));

test.each([
  ['10.0.0.1 80', '[10.0.0.1]:tcp:80', addresses('10.0.0.1')],
  ['group G', '[G]:0', addresses('10.0.1.1', '10.0.1.2', '10.0.1.3'), '10.0.1.1-3 80'],
  ['group G', '[G]:0', addresses('10.0.1.254', '10.0.1.255', '10.0.2.0'), '10.0.1.254-10.0.2.0 80'],
  [
    'group G',
    '[G]:0',
    addresses('10.0.1.4', '10.0.1.5', '10.0.1.6', '10.0.1.7', '10.9.0.1'),
    '10.0.1.4/30 80\n10.9.0.1 80',
  ],
])(
  'virtual_server %s has the key %s and the services %j',
  (header, key, services, entries = '10.0.0.9 80') => {
    const text = group(entries) + pool('', server(), header);
    expect(told(text)).toEqual([]);
    expect(only(text)).toMatchObject({ key });
    expect(only(text)?.services).toEqual(services);
  },
);

test('a range of IPv6 ends in 16 bits of hexadecimal digits', () => {
  const text = group('2001:db8::fe-101 80') + pool('', server('', '2001:db8::3 80'), 'group G');
  expect(only(text)?.services).toEqual(
    addresses('2001:db8::fe', '2001:db8::ff', '2001:db8::100', '2001:db8::101'),
  );
});

test.each([
  ['10.0.0.3', '', 4],
  ['2001:db8::3', '', 6],
  ['10.0.0.3', 'ip_family inet6\nlb_kind TUN', 6],
])('a firewall mark with the real server %s and %j is of IPv%i', (address, lines, family) => {
  const text = pool(lines, server('', address), 'fwmark 5', marked);
  expect(told(text)).toEqual([]);
  expect(only(text)).toMatchObject({ key: 'FWM 5', services: [{ kind: 'fwmark', family, mark: 5 }] });
});

test('a group of addresses and marks has all of them, in the family of the addresses', () => {
  const text = group('10.0.1.1 80\nfwmark 5\nfwmark 6 inet6') + pool('', server(), 'group G');
  expect(only(text)?.services).toEqual([
    ...addresses('10.0.1.1'),
    { kind: 'fwmark', family: 4, mark: 5 },
    { kind: 'fwmark', family: 6, mark: 6 },
  ]);
});

test('a group may be defined below, and be shared by protocols under different keys', () => {
  const udp = pool('', server(), 'group G', basics.replace('TCP', 'UDP'));
  const text = pool('', server(), 'group G') + udp + group('10.0.1.1 53');
  expect(told(text)).toEqual([]);
  expect(read(text).config.virtualServers.map(({ key }) => key)).toEqual(['[G]:0', '[G]:0:udp']);
});

test.each([
  ['NAT', '10.0.0.3 8080', 8080],
  ['NAT', '10.0.0.3', 80],
  ['DR', '10.0.0.3', 80],
  ['TUN', '10.0.0.3 80', 80],
])('with %s the real server %s has port %i', (kind, header, port) => {
  const text = pool('', server('TCP_CHECK {\n}', header), '10.0.0.1 80', basics.replace('NAT', kind));
  expect(told(text)).toEqual([]);
  expect(onlyServer(text)).toMatchObject({ port, checkers: [{ target: { port } }] });
});
