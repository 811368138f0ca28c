import { expect, test } from 'vitest';
import { reloadVerdict } from '../src/reload-verdict.ts';
import { instance, parse } from './parse.ts';

const script = 'vrrp_script chk {\nscript /bin/chk\nfall 2\n}\n';
const running = `${script}${instance('priority 150\ntrack_script {\nchk\n}')}`;

/** The codes of the reasons why a running daemon refuses the new text; empty when it takes it. */
function reasons(before: string, after: string): string[] {
  const verdict = reloadVerdict(parse(before).config, parse(after));
  return verdict.ok ? [] : verdict.reasons.map(({ code }) => code);
}

test.each([
  ['the same file', running],
  ['another priority', running.replace('priority 150', 'priority 90')],
  ['one more address', running.replace('10.0.0.100/24', '10.0.0.100/24\n10.0.0.101/24')],
  ['a second instance', running + instance('mcast_dst_ip 224.0.0.20', 'VI_2')],
  ['an instance removed on purpose', instance('', 'VI_1').replace('51', '52')],
  ['an unknown keyword', running.replace('priority 150', 'priority 150\nxyzzy 1')],
  ['a misspelt keyword', running.replace('priority 150', 'pritority 150')],
  ['an unknown block elsewhere', `${running}vrrp_instnace VI_9 {\n}\n`],
  ['a deprecated keyword', running.replace('priority 150', 'priority 150\nlvs_sync_daemon_interface eth0')],
  [
    'a value out of range that changes nothing',
    running.replace('priority 150', 'priority 150\npreempt_delay 9999'),
  ],
  ['an interval of 0 that keepalived complains about', `global_defs {\nvrrp_garp_interval 0\n}\n${running}`],
  ['notes', running.replace('/24', '')],
])('%s is taken', (_, text) => {
  expect(reasons(running, text)).toEqual([]);
});

test.each([
  ['an empty file', '', ['nothing-configured']],
  ['garbage', '\u0001\u0002 }{ xx\nyy', ['nothing-configured']],
  ['only comments', '# all of it\n', ['nothing-configured']],
  ['a closing brace missing at the end', running.trimEnd().slice(0, -1), ['missing-closing-brace']],
  ['the interface gone', running.replace('eth0', 'eth7'), ['interface-missing', 'nothing-configured']],
  [
    'the interface misspelt',
    running.replace('interface', 'inteface'),
    ['unknown-keyword', 'nothing-configured'],
  ],
  ['an argument missing', running.replace('priority 150', 'priority'), ['missing-argument']],
  ['a priority out of range', running.replace('priority 150', 'priority 999'), ['out-of-range']],
  ['a priority that is no number', running.replace('priority 150', 'priority 150，'), ['not-a-number']],
  ['a bad address for a good one', running.replace('10.0.0.100', '10.0.0.1000'), ['bad-address']],
  [
    'the block of addresses misspelt',
    running.replace('virtual_ipaddress', 'virtual_ipadress'),
    ['unknown-keyword'],
  ],
  [
    'the instance misspelt',
    running.replace('vrrp_instance', 'vrrp_instnace') + instance('', 'VI_2'),
    ['unknown-keyword'],
  ],
  ['the script misspelt', running.replace('vrrp_script', 'vrrp_scripit'), ['unknown-keyword']],
])('%s is refused', (_, text, expected) => {
  expect(reasons(running, text)).toEqual(expected);
});

test('a script moved below the instance that tracks it keeps its place: order does not count', () => {
  const moved = instance('priority 150\ntrack_script {\nchk\n}') + script;
  expect(reasons(running, moved)).toEqual([]);
  expect(parse(moved).config).toEqual(parse(running).config);
});

test('what started with a wrong value reloads with it', () => {
  const wrong = running.replace('priority 150', 'priority 999');
  expect(reasons(wrong, wrong.replace('/24', '/24\n10.0.0.101/24'))).toEqual([]);
});

test('what started with a brace missing does not reload with it', () => {
  const open = running.trimEnd().slice(0, -1);
  expect(reasons(open, open)).toEqual(['missing-closing-brace']);
});

test('a missing file is refused', () => {
  const verdict = reloadVerdict(parse(running).config, parse('', { path: '/none.conf' }));
  expect(verdict.ok ? [] : verdict.reasons.map(({ code }) => code)).toEqual([
    'file-not-found',
    'nothing-configured',
  ]);
});

test('reload_check_config refuses what keepalived complains about, but no lint', () => {
  const strict = `global_defs {\nreload_check_config\n}\n${running}`;
  expect(reasons(strict, strict.replace('/24', ''))).toEqual([]);
  expect(reasons(strict, `${strict}xyzzy\n`)).toEqual(['unknown-keyword']);
});

const realServer = (header: string, lines = 'TCP_CHECK {\n}'): string =>
  `real_server ${header} {\n${lines}\n}\n`;
const service = (header: string, protocol = 'TCP'): string =>
  `virtual_server ${header} {\nlb_algo rr\nlb_kind NAT\nprotocol ${protocol}\n${realServer('10.0.0.3 53')}${realServer('10.0.0.4 53')}}\n`;
const group = 'virtual_server_group G {\n10.0.1.1 53\n10.0.1.2 53\n}\n';
const pools = service('10.0.0.1 53') + service('10.0.0.1 53', 'UDP') + group + service('group G');

test.each([
  ['the same pools', pools],
  ['a real server removed on purpose', pools.replace(realServer('10.0.0.4 53'), '')],
  ['a virtual server removed on purpose', pools.replace(service('10.0.0.1 53', 'UDP'), '')],
  ['another scheduler', pools.replace('lb_algo rr', 'lb_algo wlc')],
  ['a new virtual server with a mistake', `${pools}${service('10.0.0.9 53').replace('NAT', 'NTA')}`],
  ['a new virtual server without real servers', `${pools}virtual_server 10.0.0.9 53 {\nprotocol TCP\n}\n`],
  [
    'a new virtual server with a mistake in place of one removed on purpose',
    pools.replace(service('10.0.0.1 53', 'UDP'), service('10.0.0.9 53').replace('NAT', 'NTA')),
  ],
  [
    'a mistake in another port of an address, and a change on purpose in this one',
    pools.replace('lb_algo rr', 'lb_algo wlc') + service('10.0.0.1 54').replace('lb_algo rr', 'lb_algo rrr'),
  ],
  ['a value out of range that changes nothing', pools.replace('lb_algo rr', 'lb_algo rr\nhysteresis 5')],
  ['an unknown keyword in a checker', pools.replace('TCP_CHECK {', 'TCP_CHECK {\nnb_get_retry 3')],
])('%s: the running pools take it', (_, text) => {
  expect(reasons(pools, text)).toEqual([]);
});

test.each([
  ['a bad address of a real server', pools.replace('10.0.0.4', '10.0.0.444'), 'bad-address'],
  ['a real server of the wrong family', pools.replace('10.0.0.4', '2001:db8::4'), 'mixed-families'],
  [
    'a real server misspelt',
    pools.replace('real_server 10.0.0.4', 'reel_server 10.0.0.4'),
    'unknown-keyword',
  ],
  ['a real server twice', pools.replace('10.0.0.4', '10.0.0.3'), 'duplicate-real-server'],
  ['a bad address of a virtual server', pools.replace('10.0.0.1 53', '10.0.0.1111 53'), 'bad-address'],
  ['a virtual server misspelt', pools.replace('virtual_server 10', 'virtual_servr 10'), 'unknown-keyword'],
  ['all real servers gone by mistake', pools.replaceAll('real_server', 'xyzzy_server'), 'unknown-keyword'],
  ['a scheduler misspelt', pools.replace('lb_algo rr', 'lb_algo rrr'), 'unknown-value'],
  ['a protocol misspelt', pools.replace('protocol TCP', 'protocol TPC'), 'unknown-value'],
  ['an address of a group that is none', pools.replace('10.0.1.2', '10.0.1.222222'), 'bad-address'],
  ['a group emptied by mistakes', pools.replaceAll('10.0.1.', '10.0.1.x'), 'bad-address'],
  ['a group misspelt', pools.replace('virtual_server_group', 'virtual_server_grp'), 'unknown-keyword'],
  ['the name of a group misspelt', pools.replace('group G {\nlb', 'group H {\nlb'), 'group-undefined'],
])('%s: the running pools are kept', (_, text, code) => {
  expect(reasons(pools, text)).toContain(code);
});

test('a method misspelt would change how packets reach running servers', () => {
  const direct = service('10.0.0.1 53').replace('NAT', 'DR');
  expect(reasons(direct, direct.replace('DR', 'DRR'))).toEqual(['unknown-value']);
});
