import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodeOf, parseConfig } from '@holdfast/config';
import { address } from '@holdfast/kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const namespace = `hf-verdict-${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), 'hf-verdict-'));

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const usable = process.getuid?.() === 0 && has('keepalived') && has('ip');

const interfaces = new Map([
  ['eth0', [{ address: address('10.0.0.2'), prefixLength: 24 }]],
  ['eth1', []],
]);

const instance = (lines = '', name = 'VI_1', vrid = 51): string =>
  `vrrp_instance ${name} {\n interface eth0\n virtual_router_id ${vrid}\n virtual_ipaddress {\n  10.0.0.9/24\n }\n${lines}\n}\n`;
const tracked = 'track_script {\n  a\n }';
const secure = 'global_defs {\n enable_script_security\n script_user root\n}\n';
const script = 'vrrp_script a {\n script /bin/true\n}\n';
const service = (lines: string, kind = 'NAT'): string =>
  `virtual_server 10.0.0.9 80 {\n lb_algo rr\n lb_kind ${kind}\n protocol TCP\n real_server 10.0.0.3 80 {\n${lines}\n }\n}\n`;

/** One example each: its name, and the text. */
const examples: readonly (readonly [name: string, text: string])[] = [
  ['an empty file', ''],
  ['a plain instance', instance()],
  ['two instances', instance() + instance('', 'VI_2', 52)],
  ['an unknown root keyword', `nonsense 1\n${instance()}`],
  ['an unknown keyword in global_defs', `global_defs {\n lvs_id x\n}\n${instance()}`],
  ['an unknown keyword in an instance', instance('inteface eth1')],
  ['an unknown block', `vrrp_scripit a {\n script /bin/true\n}\n${instance()}`],
  ['a missing argument', instance('priority')],
  ['a missing notify script', instance('notify_master')],
  ['a priority out of range', instance('priority 999')],
  ['a priority with letters', instance('priority 100abc')],
  ['a fractional interval in version 2', instance('advert_int 0.5')],
  ['an interval of 0', instance('advert_int 0')],
  ['an interval of version 3', instance('version 3\nadvert_int 0.25')],
  ['an unknown state', instance('state SLAVE')],
  ['nopreempt with state MASTER', instance('state MASTER\nnopreempt')],
  ['preempt_delay out of range', instance('preempt_delay 2000')],
  ['a long password', instance('authentication {\nauth_type PASS\nauth_pass 123456789\n}')],
  ['no password', instance('authentication {\nauth_type PASS\n}')],
  ['authentication in version 3', instance('version 3\nauthentication {\nauth_type PASS\nauth_pass 1\n}')],
  ['authentication AH', instance('authentication {\nauth_type AH\nauth_pass 1\n}')],
  ['an interface that is missing', instance().replace('eth0', 'eth7')],
  ['the loopback interface', instance().replace('eth0', 'lo')],
  ['no interface', instance().replace('interface eth0', '')],
  ['no instance name', instance().replace('VI_1 ', '')],
  ['no router number', instance().replace(/virtual_router_id 51/, '')],
  ['router number 0', instance().replace('51', '0')],
  ['no address', instance().replace(/virtual_ipaddress \{[^}]*\}/, '')],
  ['an address that is none', instance('virtual_ipaddress {\n 10.0.0.999\n}')],
  ['a prefix that is none', instance('virtual_ipaddress {\n 10.0.0.8/33\n}')],
  ['an unknown word behind an address', instance('virtual_ipaddress {\n 10.0.0.8/24 colour\n}')],
  ['an address on a missing interface', instance('virtual_ipaddress {\n 10.0.0.8/24 dev eth7\n}')],
  ['the same number twice', instance() + instance('', 'VI_2')],
  ['the same name twice', instance() + instance('', 'VI_1', 52)],
  ['unicast', instance('unicast_src_ip 10.0.0.2\nunicast_peer {\n 10.0.0.3\n}')],
  ['a source without peers', instance('unicast_src_ip 10.0.0.2')],
  ['a group with peers', instance('mcast_dst_ip 224.0.0.19\nunicast_peer {\n 10.0.0.3\n}')],
  ['tracking another interface', instance('track_interface {\n eth1 weight -10\n}')],
  ['tracking the own interface', instance('track_interface {\n eth0\n}')],
  ['tracking a missing interface', instance('track_interface {\n eth7\n}')],
  ['tracking an undefined script', instance('track_script {\n none\n}')],
  ['a script with security', secure + script + instance(tracked)],
  ['a script defined below', secure + instance(tracked) + script],
  ['a script of no program', `${secure}vrrp_script a {\n interval 2\n}\n${instance(tracked)}`],
  ['a brace missing at the end', instance().trimEnd().slice(0, -1)],
  ['a brace too many', `${instance()}}\n`],
  ['a brace that opens nothing', `{\n}\n${instance()}`],
  ['a quote left open', instance('notify_master "/bin/x')],
  ['no pacing', `global_defs {\n vrrp_garp_interval 0\n}\n${instance()}`],
  ['a sync group of one', `vrrp_sync_group G {\n group {\n  VI_1\n }\n}\n${instance()}`],
  [
    'a sync group of two',
    `vrrp_sync_group G {\n group {\n  VI_1\n  VI_2\n }\n}\n${instance()}${instance('', 'VI_2', 52)}`,
  ],
  ['strict mode', `global_defs {\n vrrp_strict\n}\n${instance()}`],
  [
    'strict mode with authentication',
    `global_defs {\n vrrp_strict\n}\n${instance('authentication {\nauth_type PASS\nauth_pass 1\n}')}`,
  ],
  ['a parameter', `$P=120\n${instance('priority $P')}`],
  ['a sequence', `${instance()}~SEQ(v, 60, 62) $I\n`.replace('$I', 'vrrp_instance S$v { interface eth0')],
  ['a wrong sequence', `~SEQ(v, 1, -1, 5) x\n${instance()}`],
  ['a condition of another router', `@other nonsense\n${instance()}`],
  ['an include that finds nothing', `include ${folder}/none.conf\n${instance()}`],
  ['an include that must find something', `includem ${folder}/none.conf\n${instance()}`],
  ['a virtual server', service('TCP_CHECK {\n}')],
  ['an unknown keyword in a checker', service('TCP_CHECK {\n nb_get_retry 3\n}')],
  ['a scheduler that does not exist', service('TCP_CHECK {\n}').replace('rr', 'blc')],
  ['a placeholder', service('TCP_CHECK {\n}').replace('10.0.0.3 80', '<IP> <PORT>')],
  ['direct routing to another port', service('TCP_CHECK {\n}', 'DR').replace('10.0.0.3 80', '10.0.0.3 81')],
];

/** Where the exit code differs from keepalived 2.2.7's, and why. Ours, theirs. */
const exceptions: ReadonlyMap<string, readonly [ours: number, theirs: number, why: string]> = new Map([]);

const text = (content: string): string => {
  const path = join(folder, 'keepalived.conf');
  writeFileSync(path, content, { mode: 0o644 });
  return path;
};

describe.skipIf(!usable)('needs root, ip and keepalived', () => {
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

  test.each(examples)('the verdict on %s is that of keepalived -t', (name, content) => {
    const path = text(content);
    const theirs = spawnSync('ip', ['netns', 'exec', namespace, 'keepalived', '-t', '-f', path, '-i', 'r1'], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    const result = parseConfig({ path, configId: 'r1', interfaces });
    const ours = exitCodeOf(result.diagnostics);
    const exception = exceptions.get(name);
    const context = `${theirs.stderr}\n${result.diagnostics.map(({ line, code }) => `${line} ${code}`).join('\n')}\n${readFileSync(path, 'utf8')}`;
    if (exception === undefined) expect(ours, context).toBe(theirs.status);
    else expect([ours, theirs.status], context).toEqual(exception.slice(0, 2));
  });
});
