import type { MemoryFile } from '@holdfast/config';
import { expect, test } from 'vitest';
import { instance, parse } from './parse.ts';

const pool = (lines: string, server = 'real_server 10.0.0.3 80 {\nTCP_CHECK {\n}\n}'): string =>
  `virtual_server 10.0.0.1 80 {\nlb_kind DR\nprotocol TCP\nlb_algo rr\n${lines}\n${server}\n}\n`;
const script = (lines: string): string =>
  `vrrp_script chk {\nscript /s.sh\n${lines}\n}\n${instance('track_script {\nchk\n}')}`;
const global = (lines: string): string => `global_defs {\n${lines}\n}\n${instance()}`;
const shellCheck = { check: () => ({ line: 2, message: 'syntax error' }) };

/** What people write, and what is said about it: codes in the order of the lines. */
const pitfalls: readonly (readonly [
  id: string,
  what: string,
  text: string,
  expected: readonly string[],
  files?: Readonly<Record<string, MemoryFile>>,
])[] = [
  ['P01', 'an address without prefix', instance().replace('/24', ''), ['note address-without-prefix']],
  [
    'P02',
    'vrrp_strict with ordinary options',
    `global_defs {\nvrrp_strict\n}\n${instance('authentication {\nauth_type PASS\nauth_pass x\n}')}`,
    ['warning strict-mode', 'error authentication-dropped'],
  ],
  ['P03', 'vrrp_garp_interval 0', global('vrrp_garp_interval 0'), ['warning no-pacing']],
  ['P03', 'vrrp_gna_interval 0', global('vrrp_gna_interval 0'), ['warning no-pacing']],
  [
    'P04',
    'a block with a misspelt name',
    `vrrp_scripit chk {\nscript /bin/true\n}\n${instance('track_script {\nchk\n}')}`,
    ['error unknown-keyword'],
  ],
  ['P05', 'inteface', instance().replace('interface', 'inteface'), ['error unknown-keyword']],
  ['P06', 'a placeholder left in', script('').replace('/s.sh', '<path>'), ['error placeholder']],
  [
    'P07',
    'a real server without checker',
    pool('', 'real_server 10.0.0.3 80 {\n}'),
    ['warning server-without-checker'],
  ],
  [
    'P08',
    'a script whose definition is commented out',
    `#vrrp_script chk {\n#}\n${instance('track_script {\nchk\n}')}`,
    ['warning script-undefined'],
  ],
  [
    'P09, P10',
    'a weight of which one file cannot tell',
    script('fall 2\nweight -20'),
    ['warning weight-must-cross'],
  ],
  [
    'P12',
    'a script that the shell cannot read',
    script('fall 2'),
    ['error script-syntax'],
    { '/s.sh': '#!/bin/sh\nif [ 1 ];\nfi\n' },
  ],
  [
    'P13',
    '> in a test',
    script('fall 2'),
    ['warning redirection-in-test'],
    { '/s.sh': '#!/bin/bash\n[ $num > 0 ]\n' },
  ],
  ['P16', 'a script of which one failure counts', script(''), ['warning impatient-script']],
  [
    'P17',
    'a script that stops the daemon',
    script('fall 2'),
    ['note script-stops-daemon'],
    { '/s.sh': '#!/bin/bash\nkillall keepalived\n' },
  ],
  [
    'P23',
    'a password of more than 8 characters',
    instance('authentication {\nauth_type PASS\nauth_pass 123456789\n}'),
    ['warning too-long'],
  ],
  ['P24', 'the virtual router id 0', instance().replace('51', '0'), ['error out-of-range']],
  [
    'P30',
    'direct routing to another port',
    pool('', 'real_server 10.0.0.3 8080 {\nTCP_CHECK {\n}\n}'),
    ['error port-not-translated'],
  ],
  ['P31', 'lb_algo blc', pool('').replace('lb_algo rr', 'lb_algo blc'), ['error unknown-value']],
  [
    'P32',
    'state BACKUP against preemption',
    instance('state BACKUP\npriority 150'),
    ['note backup-preempts'],
  ],
  ['P33', 'nopreempt with state MASTER', instance('state MASTER\nnopreempt'), ['warning nopreempt-dropped']],
  ['P34', 'unicast_src_ip without peer', instance('unicast_src_ip 10.0.0.2'), ['error unicast-without-peer']],
  [
    'P35',
    'recipients without smtp_server',
    global('notification_email {\na@site.example\n}'),
    ['warning mail-without-server'],
  ],
  [
    'P36',
    'an interface that is not there',
    instance().replace('eth0', 'ens192'),
    ['error interface-missing'],
  ],
  [
    'P37',
    'an address outside every network',
    instance().replace('10.0.0.100/24', '10.9.9.9/32'),
    ['warning address-outside-networks'],
  ],
];

const rows = pitfalls.map(([id, what, text, expected, files = {}]) => ({ id, what, text, expected, files }));

test.each(rows)('$id: $what is told in one diagnostic each', ({ id, text, expected, files }) => {
  const options = { thorough: true, ...(id === 'P12' ? { shellCheck } : {}) };
  const { diagnostics } = parse(text, options, files);
  expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  for (const { remedy, line } of diagnostics) expect([line > 0, remedy !== undefined]).toEqual([true, true]);
});

test.each([
  ['P04', pitfalls[4]?.[2] ?? '', 'vrrp_script'],
  ['P05', pitfalls[5]?.[2] ?? '', 'interface'],
  ['P31', pool('').replace('lb_algo rr', 'lb_algo blc'), 'lblc'],
  ['P36', instance().replace('eth0', 'ens192'), 'eth0'],
])('%s: what was probably meant is named', (_, text, meant) => {
  expect(JSON.stringify(parse(text).diagnostics[0])).toContain(meant);
});
