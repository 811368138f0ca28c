import { exitCodeOf, type MemoryFile } from '@holdfast/config';
import { address } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { endlessRepetition } from '../src/lints/pattern/endless-repetition.ts';
import { instance, interfaces, parse } from './parse.ts';

const codes = (text: string, files: Readonly<Record<string, MemoryFile>> = {}): string[] => {
  const segment = new Map([...interfaces, ['eth2', [{ address: address('10.0.0.3'), prefixLength: 24 }]]]);
  const { diagnostics } = parse(text, { thorough: true, interfaces: segment }, files);
  expect(exitCodeOf(diagnostics)).toBe(0);
  return diagnostics.map(({ line, severity, code }) => `${line} ${severity} ${code}`);
};

const on = (name: string, more = ''): string =>
  instance(more, `V_${name}`).replace('eth0', name).replace('/24', '/32 dev eth0');
const peers = (own: string): string => `unicast_src_ip ${own}\nunicast_peer {\n10.0.0.9\n}`;

test.each([
  ['two interfaces of one network', on('eth0') + on('eth2'), ['11 warning virtual-router-id-on-segment']],
  ['two networks', on('eth0') + on('eth1'), []],
  ['two numbers', on('eth0') + on('eth2').replace('51', '52'), []],
  ['adverts to peers', on('eth0', peers('10.0.0.2')) + on('eth2', peers('10.0.0.3')), []],
])('one number on %s: %#', (_, text, expected) => {
  expect(codes(text)).toEqual(expected);
});

test.each([
  ['its source address', 'unicast_src_ip 10.0.0.7\nunicast_peer {\n10.0.0.7\n10.0.0.9\n}', 9],
  ['an address of this machine', 'unicast_peer {\n10.0.0.9\n10.0.0.3\n}', 9],
  ['others only', 'unicast_src_ip 10.0.0.2\nunicast_peer {\n10.0.0.9\n}', undefined],
])('a router that has among its peers %s', (_, lines, line) => {
  expect(codes(instance(lines))).toEqual(line === undefined ? [] : [`${line} warning peer-is-oneself`]);
});

test.each([
  ['script "/s/chk"', 0o755, 0, []],
  ['script "/s/chk"', 0o775, 0, []],
  ['script "/s/chk"', 0o775, 100, ['script-writable-by-others']],
  ['script "/s/chk"', 0o757, 0, ['script-writable-by-others']],
  ['script "/bin/sh /s/chk 3"', 0o757, 0, ['script-writable-by-others']],
])('a script with the line %s, mode %o and group %i: %j', (line, mode, gid, expected) => {
  const text = `vrrp_script chk {\n${line}\nfall 2\n}\n${instance('track_script {\nchk\n}')}`;
  const files = { '/s/chk': { content: '', mode, gid }, '/bin/sh': { content: '', mode: 0o755 } };
  expect(codes(text, files)).toEqual(expected.map((code) => `2 warning ${code}`));
});

const pool = (lines: string, server: string, address = '10.0.0.11'): string =>
  `virtual_server 10.0.0.100 80 {\nlb_algo rr\nlb_kind DR\nprotocol TCP\n${lines}\nreal_server ${address} 80 {\n${server}\n}\n}\n`;
const tcp = 'TCP_CHECK {\n}';

test.each([
  ['with direct routing', pool('', tcp, '10.0.0.2'), ['6 warning director-as-real-server']],
  [
    'as a server with NAT of its own',
    pool('', `lvs_method NAT\n${tcp}`, '10.0.0.2').replaceAll('100 80', '100 80'),
    [],
  ],
  ['not', pool('', tcp), []],
])('the director is %s among its real servers', (_, text, expected) => {
  expect(codes(text)).toEqual(expected);
});

test.each([
  ['delay_loop 3\nconnect_timeout 4', tcp, ['6 warning check-slower-than-loop']],
  ['delay_loop 3', tcp, ['7 note check-slower-than-loop']],
  ['delay_loop 5', tcp, []],
  ['', tcp, []],
  ['delay_loop 3', 'TCP_CHECK {\ndelay_loop 10\n}', []],
  ['delay_loop 3', 'MISC_CHECK {\nmisc_path /bin/true\n}', []],
  [
    'delay_loop 3',
    'MISC_CHECK {\nmisc_path /bin/true\nmisc_timeout 9\n}',
    ['9 warning check-slower-than-loop'],
  ],
])('a pool with %j and %j: %j', (lines, checker, expected) => {
  expect(codes(pool(lines, checker))).toEqual(expected);
});

test.each([
  ['(a+)+', '(a+)+'],
  ['^(\\w+\\s?)*$', '(\\w+\\s?)*'],
  ['x(?:(a|b|c?d)+y)z', undefined],
  ['x(?:(a|b|ab?)+y)z', '(a|b|ab?)+'],
  ['(a|a)*b', '(a|a)*'],
  ['(a|aa)+$', '(a|aa)+'],
  ['(.*,){30}', '(.*,){30}'],
  ['([a-z]+)*@', '([a-z]+)*'],
  ['((ab?)*c?)*', '((ab?)*c?)*'],
  ['(\\d+\\.)+\\d+', undefined],
  ['(.|\\n)*', undefined],
  ['(?:a++)+', undefined],
  ['(?>a+)+', undefined],
  ['(?:a+)++', undefined],
  ['[(a+)+]', undefined],
  ['\\(a+\\)+', undefined],
  ['(a+){2}', undefined],
  ['(?=a+)*', undefined],
  ['status: (ok|up)+', undefined],
  ['<h1>[^<]*</h1>', undefined],
  ['(', undefined],
  [')(a+)+', '(a+)+'],
  ['(?<name>[\\w-]+)*', '(?<name>[\\w-]+)*'],
  ['([[:alpha:]]+)*', '([[:alpha:]]+)*'],
])('of the pattern %s what can take for ever is %s', (pattern, expected) => {
  expect(endlessRepetition(pattern)).toBe(expected);
});

test.each([
  ['weight -20', 'priority 100', 'from 100 to 80'],
  ['weight 20', 'priority 100', 'from 120 to 100'],
  ['weight -98', 'priority 100', 'from 100 to 2'],
  // Less than that nobody has: whoever is there takes over.
  ['weight -99', 'priority 100', undefined],
  ['weight -200', 'priority 100', undefined],
  // The owner of the address keeps its priority.
  ['weight -20', 'priority 255', undefined],
])('a script with %s at %s tells how far the priority falls', (weight, priority, expected) => {
  const text = `vrrp_script chk {\nscript /bin/true\n${weight}\n}\n${instance(`${priority}\ntrack_script {\nchk\n}`)}`;
  const [diagnostic] = parse(text, { thorough: true }).diagnostics.filter(
    (one) => one.code === 'weight-must-cross',
  );
  if (expected === undefined) expect(diagnostic).toBeUndefined();
  else
    expect([diagnostic?.severity, diagnostic?.message]).toEqual([
      'warning',
      expect.stringContaining(expected),
    ]);
});

test('without being asked for, the thorough lints are silent: the daemon starts with them off', () => {
  const text = pool('delay_loop 3\nconnect_timeout 4', tcp, '10.0.0.2');
  expect(parse(text).diagnostics).toEqual([]);
});
