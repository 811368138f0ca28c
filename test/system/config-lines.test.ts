import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodeOf, parseConfig } from '@holdfast/config';
import { address } from '@holdfast/kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { type LineExamples, lineExamples } from './support/line-examples.ts';

const namespace = `hf-lines-${process.pid}`;
const interfaces = new Map([
  ['lo', []],
  ['eth0', [{ address: address('10.0.0.2'), prefixLength: 24 }]],
  ['eth1', []],
]);

const instance = (lines: string): string =>
  `vrrp_instance V {\n interface eth0\n virtual_router_id 5\n virtual_ipaddress {\n 10.0.0.9\n }\n${lines}\n}\n`;

const around: Readonly<Record<LineExamples['kind'], (lines: string) => string>> = {
  route: (line) => instance(`virtual_routes {\n ${line}\n}`),
  rule: (line) => instance(`virtual_rules {\n ${line}\n}`),
  global: (line) => `global_defs {\n ${line}\n}\n`,
  instance,
  root: (lines) => `${lines}\n`,
};

const examples = lineExamples.flatMap(({ kind, lines }) => lines.map((line) => ({ kind, line })));

const inetOfOld = '2.2.7 swallows the word behind inet and inet6';
const untracked = 'newer versions watch a route without dev by its next hop';
const newer = 'the keyword or word is newer than 2.2.7';
const build = 'the installed build has no iptables';
const machine = 'it depends on the machine: users, names, processors, folders';

/** Where our exit status is not that of keepalived 2.2.7, and why. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['10.0.0.0/8 nexthop via 10.0.0.3 dev eth0 nexthop via 10.0.0.4 weight 3 dev eth1', untracked],
  ['10.0.0.0/8 nexthop dev eth0', untracked],
  ['unreachable default', untracked],
  ['10.0.0.0/8 dev eth0 table 4294967296', 'a table has 32 bits; 2.2.7 cuts the number'],
  ['10.0.0.0/8 dev eth0 realms foo', machine],
  ['10.0.0.0/8 dev eth0 vrf eth1', machine],
  ['to blackhole 10.0.0.0/8 dev eth0', newer],
  ['inet default dev eth0', inetOfOld],
  ['inet from all table 5 order 3', inetOfOld],
  ['inet table 5 order 3', inetOfOld],
  ['inet6 from 2001:db8::/32 table 5 order 3', inetOfOld],
  ['vrrp_iptables', build],
  ['vrrp_iptables A B', build],
  ['vrrp_ipsets', build],
  ['vrrp_ipsets a b', build],
  ['vrrp_cpu_affinity 999', machine],
  ['smtp_server nosuch.invalid', machine],
  ['config_save_dir /none/x/y', machine],
  ['script_user nosuch', machine],
  ['script_user root nosuch', machine],
  ['use_vmac name vv', newer],
  ['timer_expired_backup', newer],
  ['timer_expired_backup 5', newer],
  ['no_virtual_ipaddress', newer],
  [
    'garp_group {\ngarp_interval 1\ninterface eth0\ninterfaces {\neth0\n}\n}',
    '2.2.7 ends at a list behind a single interface',
  ],
]);

describeWith(
  { root: true, tools: ['keepalived', 'ip'] },
  'lines of blocks, held against keepalived -t',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'hf-lines-'));

    beforeAll(() => {
      execFileSync('ip', ['netns', 'add', namespace]);
      for (const name of ['eth0', 'eth1']) {
        execFileSync('ip', ['-n', namespace, 'link', 'add', name, 'type', 'bridge']);
        execFileSync('ip', ['-n', namespace, 'link', 'set', name, 'up']);
      }
      execFileSync('ip', ['-n', namespace, 'addr', 'add', '10.0.0.2/24', 'dev', 'eth0']);
    });

    afterAll(() => {
      execFileSync('ip', ['netns', 'del', namespace]);
      rmSync(folder, { recursive: true });
    });

    test.each(examples)('$kind "$line": the verdict is that of keepalived', ({ kind, line }) => {
      const path = join(folder, 'keepalived.conf');
      writeFileSync(path, around[kind](line), { mode: 0o644 });
      const command = ['netns', 'exec', namespace, 'keepalived', '-t', '-f', path, '-i', 'r1'];
      const theirs = spawnSync('ip', command, { encoding: 'utf8', timeout: 20_000 });
      const { diagnostics } = parseConfig({ path, configId: 'r1', interfaces });
      const ours = exitCodeOf(diagnostics);
      const context = `${theirs.stderr}\n${diagnostics.map(({ line: at, code }) => `${at} ${code}`).join('\n')}`;
      if (exceptions.has(line)) expect(ours, `${exceptions.get(line)}\n${context}`).not.toBe(theirs.status);
      else expect(ours, context).toBe(theirs.status);
    });
  },
);
