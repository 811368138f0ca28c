import { memoryFiles, parseConfig } from '@holdfast/config';
import { describe, expect, test } from 'vitest';
import { plain } from '../src/paint.ts';
import { compare } from '../src/pair/compare.ts';
import { pairReport } from '../src/pair/report.ts';

const node = (name: string, text: string) => ({
  name,
  path: `/${name}.conf`,
  result: parseConfig({
    path: '/k.conf',
    configId: name,
    files: memoryFiles({ '/k.conf': text }),
    thorough: true,
  }),
});

const router = (lines: string, { name = 'V', vrid = 51, vip = '10.0.0.100/24' } = {}): string =>
  `vrrp_instance ${name} {\n interface eth0\n virtual_router_id ${vrid}\n virtual_ipaddress {\n ${vip}\n }\n${lines}\n}\n`;
const chk = (lines: string): string => `vrrp_script chk {\n script /bin/true\n${lines}\n}\n`;
const tracked = 'track_script {\n chk\n }';

const findings = (a: string, b: string): string[] =>
  compare([node('A', a), node('B', b)]).findings.map(({ severity, code }) => `${severity} ${code}`);
const messages = (a: string, b: string): string =>
  compare([node('A', a), node('B', b)])
    .findings.map(({ message }) => message)
    .join('\n');

const high = 'priority 100';
const low = 'priority 50';
const pass = (word: string): string => `authentication {\n auth_type PASS\n auth_pass ${word}\n }`;

/** What differs between A (priority 100) and B (priority 50), and what is said about it. */
const pairs: readonly (readonly [
  id: string,
  what: string,
  a: string,
  b: string,
  expected: readonly string[],
])[] = [
  ['', 'nothing but the priority', router(high), router(low), []],
  ['P38', 'the name of the instance', router(high), router(low, { name: 'W' }), []],
  ['P18', 'virtual_router_id', router(high), router(low, { vrid: 52 }), ['error pair-virtual-router-id']],
  [
    'P18',
    'the number and the name',
    router(high),
    router(low, { vrid: 52, name: 'W' }),
    ['error pair-virtual-router-id'],
  ],
  [
    '',
    'nothing, with one number on two segments',
    router(high) + router(high, { name: 'W', vip: '10.2.0.1/24' }).replace('eth0', 'eth1'),
    router(low, { name: 'W', vip: '10.2.0.1/24' }).replace('eth0', 'eth1') + router(low),
    [],
  ],
  [
    '',
    'the whole router: number, name and addresses',
    router(high),
    router(low, { vrid: 52, name: 'W', vip: '10.2.0.1/24' }),
    ['warning pair-router-missing', 'warning pair-router-missing'],
  ],
  [
    'P19',
    'auth_pass',
    router(`${high}\n${pass('one')}`),
    router(`${low}\n${pass('two')}`),
    ['error pair-authentication'],
  ],
  ['P19', 'authentication', router(`${high}\n${pass('one')}`), router(low), ['error pair-authentication']],
  ['P20', 'advert_int', router(high), router(`${low}\nadvert_int 2`), ['error pair-advert-interval']],
  [
    'P20',
    'advert_int of version 3',
    router(`${high}\nversion 3`),
    router(`${low}\nversion 3\nadvert_int 2`),
    ['note pair-advert-interval'],
  ],
  ['', 'the version', router(`${high}\nversion 3`), router(low), ['error pair-version']],
  ['P21', 'nothing, not even the priority', router(high), router(high), ['error pair-equal-priority']],
  [
    'P21',
    'state BACKUP with the higher priority',
    router(`${high}\nstate BACKUP`),
    router(`${low}\nstate MASTER`),
    ['warning pair-state-against-priority'],
  ],
  [
    'P21',
    'state MASTER on both',
    router(`${high}\nstate MASTER`),
    router(`${low}\nstate MASTER`),
    ['warning pair-two-masters'],
  ],
  [
    'P22',
    'the addresses',
    router(high),
    router(low, { vip: '10.0.0.100/24\n10.0.0.101/24' }),
    ['warning pair-addresses'],
  ],
  ['', 'an instance of A alone', router(high), '', ['warning pair-router-missing']],
  [
    '',
    'peers on A only',
    router(`${high}\nunicast_peer {\n10.0.0.2\n}`),
    router(low),
    ['error pair-transport'],
  ],
  [
    '',
    'a peer that is not listed',
    router(`${high}\nunicast_src_ip 10.0.0.1\nunicast_peer {\n10.0.0.3\n}`),
    router(`${low}\nunicast_src_ip 10.0.0.2\nunicast_peer {\n10.0.0.1\n}`),
    ['error pair-peer-missing'],
  ],
  [
    'P09, P10',
    'a weight that stays above the other router',
    chk('weight -20') + router(`${high}\n${tracked}`),
    router(low),
    ['warning pair-weight-too-small'],
  ],
  [
    'P09',
    'a weight that stays above it by one',
    chk('weight -49') + router(`${high}\n${tracked}`),
    router(low),
    ['warning pair-weight-too-small'],
  ],
  [
    'P09',
    'a weight that meets the other router',
    chk('weight -50') + router(`${high}\n${tracked}`),
    router(low),
    ['warning pair-weight-tie'],
  ],
  [
    'P09',
    'a weight that crosses it',
    chk('weight -51') + router(`${high}\n${tracked}`),
    router(low),
    ['note pair-weight-decides'],
  ],
  [
    'P09',
    'a positive weight on both',
    chk('weight 60') + router(`${high}\n${tracked}`),
    chk('weight 60') + router(`${low}\n${tracked}`),
    ['note pair-weight-decides'],
  ],
  [
    'P09',
    'a weight against nopreempt',
    chk('weight -60') + router(`${high}\n${tracked}`),
    router(`${low}\nnopreempt`),
    ['warning pair-weight-without-preemption'],
  ],
  ['', 'weight 0', chk('fall 2') + router(`${high}\n${tracked}`), router(low), []],
  [
    'P11',
    'the patience of a script',
    chk('fall 2') + router(`${high}\n${tracked}`),
    chk('fall 5') + router(`${low}\n${tracked}`),
    ['note pair-script-patience'],
  ],
  ['', 'an error in one file', router(high), router(`${low}\nfoo`), ['error pair-file-with-errors']],
];

test.each(pairs)('%s: a pair in which differs %s', (_id, _what, a, b, expected) => {
  expect(findings(a, b)).toEqual(expected);
});

test.each(pairs)('%s: the order of files does not matter where differs %s', (_id, _what, a, b, expected) => {
  expect(new Set(findings(b, a))).toEqual(new Set(expected));
});

test('P09: the sentence has the priorities of both routers', () => {
  const text = messages(chk('weight -20') + router(`${high}\n${tracked}`), router(low));
  expect(text).toContain('its priority goes from 100 to 80, above the 50 of B: nobody takes over');
});

test('P19: no password is shown', () => {
  const { text } = pairReport(
    'text',
    [node('A', router(`${high}\n${pass('secret1')}`)), node('B', router(`${low}\n${pass('secret2')}`))],
    plain,
  );
  expect(text).not.toContain('secret');
});

describe('sync groups and pools', () => {
  const two = (priority: string): string =>
    router(priority) + router(priority, { name: 'W', vrid: 52, vip: '10.1.0.1/24' });
  const group = (members: string, name = 'G'): string =>
    `vrrp_sync_group ${name} {\n group {\n ${members}\n }\n}\n`;

  test.each([
    ['the same', group('V\nW'), group('V\nW'), []],
    ['of another name', group('V\nW'), group('W\nV', 'H'), []],
    ['on A only', group('V\nW'), '', ['warning pair-sync-group']],
  ])('a group that is %s', (_, a, b, expected) => {
    expect(findings(two(high) + a, two(low) + b)).toEqual(expected);
  });

  const pool = (lines = '', server = '10.0.1.1 80'): string =>
    `virtual_server 10.0.0.100 80 {\n lb_algo rr\n lb_kind NAT\n protocol TCP\n${lines}\n real_server ${server} {\n TCP_CHECK {\n }\n }\n}\n`;

  test.each([
    ['the same', pool(), pool(), []],
    ['missing on B', pool(), '', ['warning pair-virtual-server-missing']],
    ['of another scheduler', pool(), pool().replace('rr', 'wlc'), ['warning pair-virtual-server']],
    ['with another server', pool(), pool('', '10.0.1.2 80'), ['warning pair-virtual-server']],
    ['checked at another pace', pool(), pool('delay_loop 5'), ['note pair-virtual-server']],
  ])('a virtual server that is %s', (_, a, b, expected) => {
    expect(findings(router(high) + a, router(low) + b)).toEqual(expected);
  });
});

test('three routers are compared, the preferred one with the next', () => {
  const a = chk('weight -20') + router(`priority 150\n${tracked}`);
  const { findings: found } = compare([
    node('A', a),
    node('B', router('priority 140')),
    node('C', router('priority 90')),
  ]);
  expect(found.map(({ code }) => code)).toEqual(['pair-weight-decides']);
  expect(found[0]?.message).toContain('below the 140 of B');
});

test('what differs stands side by side, under the names of the files', () => {
  const nodes = [node('A', router(high)), node('B', router(low, { vrid: 52 }))];
  const { text, status } = pairReport('text', nodes, plain);
  expect(status).toBe(2);
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'virtual router 51/52  A    B',
      'virtual_router_id     51   52',
      'priority              100  50',
    ]),
  );
});

test('programs get the findings and the differences', () => {
  const nodes = [node('A', router(high)), node('B', router(high))];
  const document: unknown = JSON.parse(pairReport('json', nodes, plain).text);
  expect(document).toMatchObject({
    status: 2,
    nodes: [{ name: 'A' }, { name: 'B' }],
    findings: [{ code: 'pair-equal-priority', severity: 'error', about: 'virtual router 51' }],
    differences: [],
  });
  expect(pairReport('github', nodes, plain).text).toMatch(
    /^::error file=\/A\.conf,title=pair-equal-priority::/,
  );
});
