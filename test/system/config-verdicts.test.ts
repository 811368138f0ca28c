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

const plain = 'real_server 10.0.0.3 80 {\n}\n';
const pool = (lines: string, servers = plain, header = '10.0.0.9 80'): string =>
  `virtual_server ${header} {\n lb_algo rr\n lb_kind NAT\n protocol TCP\n${lines}\n${servers}}\n`;
const marked = (lines: string, servers = plain): string =>
  pool(lines, servers, 'fwmark 5').replace(' protocol TCP\n', '');
const grouped = (entries: string, lines = ''): string =>
  `virtual_server_group G {\n${entries}\n}\n${pool(lines, plain, 'group G')}`;
const direct = (text: string): string => text.replace('lb_kind NAT', 'lb_kind DR');
const tunnel = (words: string): string => pool('').replace('lb_kind NAT', `lb_kind TUN ${words}`);
const http = (lines: string): string => service(`HTTP_GET {\n url {\n  path /\n${lines}\n }\n}`);

/** Virtual servers, their groups and checkers: what is repaired, and what is only read. */
const poolExamples: readonly (readonly [name: string, text: string])[] = [
  ['no protocol', pool('').replace('protocol TCP', '')],
  ['no scheduler', pool('').replace('lb_algo rr', '')],
  ['no method', pool('').replace('lb_kind NAT', '')],
  ['one packet scheduling of TCP', pool('ops')],
  ['one packet scheduling of UDP', pool('ops').replace('TCP', 'UDP')],
  ['no port', pool('', plain, '10.0.0.9')],
  ['no port with persistence', pool('persistence_timeout 50', plain, '10.0.0.9')],
  ['a port out of range', pool('', plain, '10.0.0.9 99999')],
  ['a firewall mark', marked('')],
  ['a firewall mark with a protocol', pool('', plain, 'fwmark 5')],
  ['a firewall mark and a port', direct(marked(''))],
  ['a firewall mark and ha_suspend', marked('ha_suspend')],
  ['a firewall mark and two families', marked('', `${plain}real_server 2001:db8::3 80 {\n}\n`)],
  ['ha_suspend', pool('ha_suspend')],
  ['a real server twice', pool('', plain + plain)],
  ['no real server', pool('', '')],
  ['a real server of the other family', pool('', `${plain}real_server 2001:db8::3 80 {\n}\n`)],
  ['a real server of the other family by tunnel', tunnel('').replace('10.0.0.3', '2001:db8::3')],
  ['a real server without a port', pool('', plain.replace(' 80', ''))],
  ['a family that conflicts', pool('ip_family inet6')],
  ['a quorum too high', pool('quorum 5')],
  ['a hysteresis too high', pool('hysteresis 1')],
  ['all weights 0', pool('', plain.replace('{', '{\n weight 0'))],
  ['a sorry server', pool('sorry_server 10.0.0.7')],
  ['a sorry server of the other family', pool('sorry_server 2001:db8::7 80')],
  ['a sorry server at another port', direct(pool('sorry_server 10.0.0.7 81'))],
  ['an inhibited sorry server', pool('sorry_server 10.0.0.7\nsorry_server_inhibit')],
  ['an inhibited sorry server that is a real server', pool('sorry_server 10.0.0.3 80\nsorry_server_inhibit')],
  ['an option before its sorry server', pool('sorry_server_inhibit\nsorry_server 10.0.0.7')],
  ['a method without a sorry server', pool('sorry_server_lvs_method DR')],
  ['a netmask', pool('persistence_granularity 255.255.255.0')],
  ['a flag of another scheduler', pool('sh-port')],
  ['a flag of mh for sh', pool('mh-port').replace('rr', 'sh')],
  ['a plain tunnel', tunnel('')],
  ['a gue tunnel', tunnel('type gue port 6080 csum')],
  ['a gue tunnel without a port', tunnel('type gue')],
  ['an ipip tunnel with a checksum', tunnel('type ipip csum')],
  ['a gre tunnel with a port', tunnel('type gre port 5')],
  ['a tunnel of no type', tunnel('type vxlan')],
  ['a group', grouped('10.0.0.9 80\n10.0.1.1-9 80\n10.0.2.0/28 80')],
  ['a group below', `${pool('', plain, 'group G')}virtual_server_group G {\n10.0.0.9 80\n}\n`],
  ['a group that is not there', pool('', plain, 'group H')],
  ['a group of nothing', grouped('')],
  ['a group with a range backwards', grouped('10.0.0.9 80\n10.0.1.9-1 80')],
  ['a group with a range too long', grouped('10.0.0.9 80\n10.0.1.9-256 80')],
  ['a group with bits behind the prefix', grouped('10.0.0.9 80\n10.0.1.9/24 80')],
  ['a group without a port', grouped('10.0.0.9')],
  ['a group of marks with a protocol', grouped('fwmark 5')],
  ['a group of marks and addresses', grouped('10.0.0.9 80\nfwmark 5')],
  ['a group of everything', grouped('10.0.0.9 80\n2001:db8::9 80\nfwmark 5')],
  ['a group with a wrong family', grouped('10.0.0.9 80\nfwmark 5 inte')],
  ['a group with several ports', direct(grouped('10.0.0.9 80\n10.0.0.9 443'))],
  ['an HTTP check', http('status_code 200-299 404')],
  ['a status code that is none', http('status_code 99')],
  ['a digest that is none', http('digest abc')],
  ['a digest twice', http(`digest ${'a'.repeat(32)}\n digest ${'a'.repeat(32)}`)],
  ['a misc check of nothing', service('MISC_CHECK {\n}')],
  ['a check from the other family', service('TCP_CHECK {\n bindto 2001:db8::1\n}')],
  ['a check of a link-local address', service('TCP_CHECK {\n connect_ip fe80::1\n}')],
  ['retry 0 of a checker', service('TCP_CHECK {\n retry 0\n}')],
  ['retry 0 of a virtual server', pool('retry 0')],
  ['a long delay_loop', pool('delay_loop 5000000')],
  ['delay_loop with a unit', pool('delay_loop 5s')],
  ['a bare persistence_timeout', pool('persistence_timeout')],
  ['a bare sorry_server', pool('sorry_server')],
  ['the same service twice', pool('') + pool('')],
];

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
  ...poolExamples,
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
