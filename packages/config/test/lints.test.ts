import { expect, test } from 'vitest';
import { exitCodeOf } from '../src/diagnostics/verdict.ts';
import type { MemoryFile } from '../src/files/memory-files.ts';
import type { ShellCheck } from '../src/lints/shell-check.ts';
import { instance, parse } from './parse.ts';

const codes = (
  text: string,
  files: Readonly<Record<string, MemoryFile>> = {},
  shellCheck?: ShellCheck,
): string[] =>
  parse(text, shellCheck === undefined ? {} : { shellCheck }, files)
    .diagnostics.filter(({ keepalived }) => keepalived === 'none')
    .map(({ file, line, severity, code }) => `${file.split('/').at(-1)}:${line} ${severity} ${code}`);

const mail = 'notification_email {\na@b.example\n}';

test.each([
  [
    'an address without prefix',
    instance('').replace('/24', ''),
    ['keepalived.conf:5 note address-without-prefix'],
  ],
  [
    'an address outside the networks of its interface',
    instance('').replace('10.0.0.100/24', '10.9.9.9/32'),
    ['keepalived.conf:5 warning address-outside-networks'],
  ],
  ['an address that brings its network', instance('').replace('10.0.0.100/24', '10.9.9.9/24'), []],
  [
    'state BACKUP with a high priority',
    instance('state BACKUP\npriority 150'),
    ['keepalived.conf:7 note backup-preempts'],
  ],
  ['state BACKUP with nopreempt', instance('state BACKUP\npriority 150\nnopreempt'), []],
  ['state BACKUP with a low priority', instance('state BACKUP\npriority 50'), []],
  ['strict mode', `global_defs {\nvrrp_strict\n}\n${instance()}`, ['keepalived.conf:2 warning strict-mode']],
  ['strict mode switched off', `global_defs {\nvrrp_strict off\n}\n${instance()}`, []],
  ['mail without a server', `global_defs {\n${mail}\n}\n`, ['keepalived.conf:2 warning mail-without-server']],
  ['mail with a server', `global_defs {\n${mail}\nsmtp_server 10.0.0.9\n}\n`, []],
  [
    'a server without checker',
    'virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.3 80 {\n}\n}\n',
    ['keepalived.conf:2 warning server-without-checker'],
  ],
  [
    'a server that is a placeholder, without checker',
    'virtual_server 10.0.0.1 80 {\nreal_server <IP> <PORT> {}\n}\n',
    ['keepalived.conf:2 warning server-without-checker'],
  ],
])('%s: %j', (_, text, expected) => {
  expect(codes(text)).toEqual(expected);
});

test('no lint changes the exit code of a configuration test', () => {
  const text = instance('state BACKUP').replace('/24', '');
  expect(parse(text).diagnostics.length).toBeGreaterThan(0);
  expect(exitCodeOf(parse(text).diagnostics)).toBe(0);
});

const tracked = (script: string): string =>
  `vrrp_script chk {\nscript "${script}"\nfall 2\n}\n${instance('track_script {\nchk\n}')}`;

test.each([
  ['[ $num > 0 ] && exit 1', ['chk.sh:2 warning redirection-in-test']],
  ['if [ "$A" -gt 0 ] > /dev/null; then', []],
  ['if [[ $a > $b ]]; then', []],
  ['# [ $num > 0 ]', []],
  ['killall keepalived', ['chk.sh:2 note script-stops-daemon']],
  ['systemctl stop keepalived', ['chk.sh:2 note script-stops-daemon']],
  ['ps -C keepalived', []],
])('a check script with the line %j: %j', (line, expected) => {
  const files = { '/etc/chk.sh': `#!/bin/bash\n${line}\n` };
  expect(codes(tracked('/etc/chk.sh'), files)).toEqual(expected);
  expect(codes(tracked('sh /etc/chk.sh 1'), files)).toEqual(expected);
});

test('a program that is no shell script is left alone', () => {
  expect(codes(tracked('/etc/chk'), { '/etc/chk': '#!/usr/bin/python3\nkillall keepalived\n' })).toEqual([]);
});

test("a shell's complaint about a script is an error at its line", () => {
  const asked: string[] = [];
  const shellCheck: ShellCheck = {
    check: (interpreter, path) => {
      asked.push(`${interpreter} ${path}`);
      return { line: 3, message: 'syntax error near fi' };
    },
  };
  const files = { '/etc/chk.sh': '#!/usr/bin/env bash\nif [ 1 ];\nfi\n' };
  expect(codes(tracked('/etc/chk.sh'), files, shellCheck)).toEqual(['chk.sh:3 error script-syntax']);
  expect(asked).toEqual(['bash /etc/chk.sh']);
});

test('a script whose definition is commented out is pointed at', () => {
  const text = `# vrrp_script chk {\n#   script /x\n# }\n${instance('track_script {\nchk\n}')}`;
  const [diagnostic] = parse(text).diagnostics;
  expect(diagnostic).toMatchObject({ code: 'script-undefined', line: 11 });
  expect(diagnostic?.remedy).toContain('/etc/keepalived/keepalived.conf:1');
});

test('direct routing cannot translate ports', () => {
  const service = (kind: string): string =>
    `virtual_server 10.0.0.1 80 {\nlb_kind ${kind}\nprotocol TCP\nlb_algo rr\nreal_server 10.0.0.3 8080 {\nTCP_CHECK {\n}\n}\n}\n`;
  expect(parse(service('DR')).diagnostics.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '5 port-not-translated',
  ]);
  expect(parse(service('NAT')).diagnostics).toEqual([]);
});
