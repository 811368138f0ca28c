import { exitCodeOf, type MemoryFile } from '@holdfast/config';
import { address } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { endlessRepetition } from '../src/lints/pattern/endless-repetition.ts';
import { instance, interfaces, onlyRoot, parse } from './parse.ts';

const codes = (text: string, files: Readonly<Record<string, MemoryFile>> = {}): string[] => {
  const segment = new Map([...interfaces, ['eth2', [{ address: address('10.0.0.3'), prefixLength: 24 }]]]);
  const { diagnostics } = parse(text, { thorough: true, interfaces: segment }, files);
  expect(exitCodeOf(diagnostics)).toBe(0);
  return diagnostics.map(({ line, severity, code }) => `${line} ${severity} ${code}`);
};

const on = (name: string, more = ''): string =>
  instance(more, `V_${name}`)
    .replace('eth0', name)
    .replace('100/24', `10${name.slice(3)}/32 dev eth0`);
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

test.each([
  ['the only address of its interface', '10.0.0.2/24', '', ['eth0 10.0.0.2'], true],
  ['all that its interface has', '10.0.0.2/24\n10.0.0.3', '', ['eth0 10.0.0.2', 'eth0 10.0.0.3'], true],
  ['one of several', '10.0.0.2/24', '', ['eth0 10.0.0.2', 'eth0 10.0.0.4'], false],
  ['another one', '10.0.0.9/24', '', ['eth0 10.0.0.2'], false],
  ['that of an owner', '10.0.0.2/24', 'priority 255', ['eth0 10.0.0.2'], false],
  ['beside a source elsewhere', '10.0.0.2/24', 'mcast_src_ip 10.1.0.1', ['eth0 10.0.0.2'], false],
  ['on another interface', '10.8.0.1/24 dev eth1', '', ['eth0 10.0.0.2', 'eth1 10.8.0.1'], false],
  ['beside an IPv6 address', '10.0.0.2/24', '', ['eth0 10.0.0.2', 'eth0 fe80::1'], true],
])('a virtual address that is %s', (_, addresses, more, machine, told) => {
  const known = machine.map((one) => one.split(' '));
  const interfaces = new Map(
    ['eth0', 'eth1'].map((name) => [
      name,
      known.flatMap(([at, text]) =>
        at === name ? [{ address: address(text ?? ''), prefixLength: 24 }] : [],
      ),
    ]),
  );
  const lines = ['interface eth0', 'virtual_router_id 51', more, 'virtual_ipaddress {', addresses, '}'];
  const { diagnostics } = parse(`vrrp_instance V {\n${lines.join('\n')}\n}\n`, {
    thorough: true,
    interfaces,
  });
  expect(diagnostics.some(({ code }) => code === 'address-is-own')).toBe(told);
});

test('a script that is tracked twice is told of once, as only its first entry counts', () => {
  const text = `vrrp_script chk {\nscript /bin/true\nweight -20\n}\n${instance('track_script {\nchk\nchk weight -60\n}')}`;
  const told = parse(text, { thorough: true }).diagnostics.filter(({ code }) => code === 'weight-must-cross');
  expect(told.map(({ line, message }) => [line, message])).toEqual([
    [expect.any(Number), expect.stringContaining('from 100 to 80')],
  ]);
});

test('without being asked for, the thorough lints are silent: the daemon starts with them off', () => {
  const text = pool('delay_loop 3\nconnect_timeout 4', tcp, '10.0.0.2');
  expect(parse(text).diagnostics).toEqual([]);
});

const authenticated = (lines: string): string => instance(`authentication {\n${lines}\n}`);
test.each([
  ['a flag', instance('nopreempt priority 150'), ['7 warning keyword-on-same-line']],
  ['a value', instance('priority 150 advert_int 2'), ['7 warning keyword-on-same-line']],
  ['a flag behind a value', instance('priority 150 nopreempt'), ['7 warning keyword-on-same-line']],
  ['a page', pool('', 'HTTP_GET {\nurl { path / status_code 200 }\n}'), ['8 warning keyword-on-same-line']],
  ['a value, with a comment of words behind', instance('priority 150 is enough'), []],
  ['a quoted keyword', instance('priority 150 "nopreempt"'), []],
  ['braces on one line', instance('authentication { auth_type AH }').replace('auth_type AH', ''), []],
])('a second keyword behind %s', (_, text, expected) => {
  const told = parse(text, { thorough: true }).diagnostics.filter(
    ({ code }) => code === 'keyword-on-same-line',
  );
  expect(told.map(({ line, severity, code }) => `${line} ${severity} ${code}`)).toEqual(expected);
});

test.each([
  [
    'where any word will do',
    authenticated('auth_type PASS\nauth_pass $PASS'),
    '9 warning undefined-parameter',
  ],
  ['in braces', authenticated(`auth_type PASS\nauth_pass \${PASS}`), '9 warning undefined-parameter'],
  ['where a number is needed', instance('priority $PASS'), '7 error not-a-number'],
  ['for an interface', instance().replace('eth0', '$PASS'), '2 error interface-missing'],
  ['as an address', instance().replace('10.0.0.100/24', '$PASS'), '5 error bad-address'],
  [
    'below its use',
    `${authenticated('auth_type PASS\nauth_pass $PASS')}$PASS=abc\n`,
    '9 warning undefined-parameter',
  ],
])('a parameter that is not defined, %s, is one mistake that names it', (_, text, expected) => {
  const { diagnostics } = parse(text, { thorough: true });
  const told = diagnostics
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .filter(({ code }) => code !== 'no-address');
  expect(told.map(({ line, severity, code }) => `${line} ${severity} ${code}`)).toEqual([expected]);
  expect(told[0]?.message).toContain('no parameter PASS is defined up to here');
  expect(told[0]?.remedy).toContain('$PASS=VALUE');
});

test.each([
  [
    'of a program',
    `vrrp_script chk {\nscript "/s.sh $PASS"\nfall 2\n}\n${instance('track_script {\nchk\n}')}`,
  ],
  ['that is defined', `$PASS=abc\n${authenticated('auth_type PASS\nauth_pass $PASS')}`],
  ['that has lines', `$REST= \\\npriority 500 \\\nnopreempt\n${instance('$REST')}`],
  ['that is defined, with a wrong value', `$PASS=abc\n${instance('priority $PASS')}`],
])('a parameter %s is not said to be undefined', (_, text) => {
  expect(JSON.stringify(parse(text, { thorough: true }).diagnostics)).not.toContain('no parameter');
});

test('a password behind the type of authentication is one mistake', () => {
  const text = instance('authentication { auth_type PASS auth_pass 1111 }');
  expect(parse(text, { thorough: true }).diagnostics).toMatchObject([
    { code: 'password-missing', line: 7, column: 33, length: 9 },
  ]);
});

const second = (change: (text: string) => string): string =>
  `${instance()}${change(instance('', 'VI_2').replace('51', '52'))}`;
test.each([
  ['the same address', second((text) => text), ['13 warning address-in-two-instances']],
  ['another one', second((text) => text.replace('100/24', '101/24')), []],
  ['the same one on another interface', second((text) => text.replace('eth0', 'eth1')), []],
  [
    'the same one, excluded',
    second((text) => text.replace('virtual_ipaddress', 'no_virtual_ipaddress\nvirtual_ipaddress_excluded')),
    ['14 warning address-in-two-instances'],
  ],
  ['one number twice', instance('priority 150\npriority 100'), ['8 warning given-again']],
  ['one number twice, the same', instance('priority 150\npriority 150'), []],
  ['one keyword in two blocks', second((text) => text.replace('100/24', '101/24')), []],
  ['what cancels each other', instance('preempt\nnopreempt'), []],
])('two times %s', (_, text, expected) => {
  expect(codes(text)).toEqual(expected);
});

const calls = (line: string): string =>
  `vrrp_script chk {\n${line}\nfall 2\n}\n${instance('track_script {\nchk\n}')}`;
test.each([
  ['that is there', 'script "/s.sh 3"', 0o755, []],
  ['that is not there', 'script "/t.sh"', 0o755, ['2 error there is no file /t.sh']],
  ['that is not executable', 'script /s.sh', 0o644, ['2 error /s.sh is not executable: chmod +x /s.sh']],
  ['that is a folder', 'script /etc', 0o755, ['2 error /etc is no file that can be run']],
  ['that is looked for', 'script "killall -0 nginx"', 0o755, []],
])('a program %s is looked at on the machine that the file is for', (_, line, mode, expected) => {
  const files = { '/s.sh': { content: '', mode }, '/etc/x': '' };
  const told = (isHere: boolean): readonly string[] =>
    parse(calls(line), { thorough: true, accounts: isHere ? onlyRoot : undefined }, files)
      .diagnostics.filter(({ code }) => code === 'program-cannot-run')
      .map((one) => `${one.line} ${one.severity} ${one.message}`);
  expect(told(true)).toEqual(expected);
  expect(told(false)).toEqual([]);
});

test.each([
  ['nobody named', instance('notify_master "/bin/true x"'), []],
  ['root', instance('notify_master "/bin/true x" root root'), []],
  ['a missing user', instance('notify_master "/bin/true x" nemo'), ['7:29 there is no user nemo']],
  ['a missing group', instance('notify_master "/bin/true x" root nemo'), ['7:34 there is no group nemo']],
  ['an argument without quotes', instance('notify_master /bin/true x'), ['7:25 there is no user x']],
  ['script_user', `global_defs {\nscript_user nemo\n}\n${instance()}`, ['2:13 there is no user nemo']],
  ['a script', calls('script "/bin/true"\nuser root nemo'), ['3:11 there is no group nemo']],
])('who runs a program is looked for on the machine that the file is for: %s', (_, text, expected) => {
  const told = (isHere: boolean): readonly string[] =>
    parse(text, { thorough: true, accounts: isHere ? onlyRoot : undefined })
      .diagnostics.filter(({ code }) => code === 'account-missing')
      .map((one) => `${one.line}:${one.column} ${one.message.replace(' on this machine', '')}`);
  expect(told(true)).toEqual(expected);
  expect(told(false)).toEqual([]);
});

test.each([
  ['curly quotation marks', instance('notify_master “/bin/true”'), ['7 warning wide-character']],
  [
    'a full-width comma',
    instance().replace('interface eth0', 'interface eth0，'),
    ['2 error interface-missing'],
  ],
  ['what is quoted', `global_defs {\nrouter_id "“r”"\n}\n${instance()}`, []],
  ['letters of another language', `global_defs {\nrouter_id 路由器\n}\n${instance()}`, []],
])('characters that look like those of the language: %s', (_, text, expected) => {
  const { diagnostics } = parse(text, { thorough: true });
  expect(diagnostics.map(({ line, severity, code }) => `${line} ${severity} ${code}`)).toEqual(expected);
});
