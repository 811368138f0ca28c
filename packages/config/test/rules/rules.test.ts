import { micros, seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { startVerdict } from '../../src/diagnostics/verdict.ts';
import { complaints, instance, parse } from '../parse.ts';

const strict = 'global_defs {\nvrrp_strict\n}\n';
const peers = 'unicast_peer {\n10.0.0.3\n}';
const pass = 'authentication {\nauth_type PASS\nauth_pass 1111\n}';

test.each([
  // what stands in the instance                  what is reported (line 7 is its first)      what it becomes
  ['priority 300', ['7 error out-of-range'], { priority: 100 }],
  ['priority 0', ['7 error out-of-range'], { priority: 100 }],
  ['priority 100x', ['7 error not-a-number'], { priority: 100 }],
  ['advert_int 0.5', ['7 error interval-does-not-fit'], { advertInterval: seconds(1) }],
  ['advert_int 2.4', ['7 error interval-does-not-fit'], { advertInterval: seconds(2) }],
  ['advert_int 300', ['7 error out-of-range'], { advertInterval: seconds(1) }],
  ['version 3\nadvert_int 0.014', ['8 error interval-does-not-fit'], { advertInterval: micros(10_000) }],
  ['version 3\nadvert_int 60', ['8 error interval-does-not-fit'], { advertInterval: micros(40_950_000) }],
  ['advert_int 2s', ['7 error trailing-characters'], { advertInterval: seconds(2) }],
  ['preempt_delay 2000', ['7 error out-of-range'], { preemptDelay: 0 }],
  ['state SLAVE', ['7 error unknown-value'], { initialState: 'BACKUP' }],
  ['state MASTER\nnopreempt', ['8 warning nopreempt-dropped'], { nopreempt: false }],
  ['state MASTER\npriority 150\nnopreempt', ['9 warning nopreempt-dropped'], { nopreempt: false }],
  ['priority 255\nnopreempt', ['8 warning nopreempt-dropped'], { nopreempt: false }],
  ['state MASTER\npreempt_delay 5', ['8 warning preempt-delay-dropped'], { preemptDelay: 0 }],
  ['nopreempt\npreempt_delay 5', ['8 warning preempt-delay-dropped'], { preemptDelay: 0, nopreempt: true }],
  ['owner_ignore_adverts', ['7 warning owner-ignore-adverts-corrected'], { ownerIgnoreAdverts: false }],
  [`version 3\n${pass}`, ['8 error authentication-dropped'], { authentication: { type: 'none' } }],
  ['authentication {\nauth_type PASS\n}', ['7 error password-missing'], { authentication: { type: 'none' } }],
  [
    'authentication {\nauth_type PASS\nauth_pass 123456789\n}',
    ['9 warning too-long'],
    { authentication: { type: 'pass', password: '12345678' } },
  ],
  [
    'authentication {\nauth_tpye PASS\nauth_pass 1\n}',
    ['8 error unknown-keyword'],
    { authentication: { type: 'none' } },
  ],
  ['unicast_src_ip 10.0.0.2', ['7 error unicast-without-peer'], { unicastPeers: [] }],
  [
    `mcast_dst_ip 224.0.0.19\n${peers}`,
    ['7 warning group-with-peers'],
    { multicastDestination: '224.0.0.18' },
  ],
  [
    'unicast_peer {\n10.0.0.3\n10.0.0.3\n}',
    ['9 warning duplicate-peer'],
    { unicastPeers: [{ address: '10.0.0.3' }] },
  ],
  [
    'unicast_peer {\n10.0.0.3\nfe80::1\n}',
    ['9 error mixed-families'],
    { unicastPeers: [{ address: '10.0.0.3' }] },
  ],
  ['unicast_peer {\n10.0.0.333\n}', ['8 error bad-address'], { unicastPeers: [] }],
  [
    'virtual_ipaddress {\n10.0.0.100\n}',
    ['8 warning duplicate-address'],
    { virtualAddresses: [{ prefixLength: 24 }] },
  ],
  [
    'virtual_ipaddress {\n10.0.0.999\n}',
    ['8 error bad-address'],
    { virtualAddresses: [{ address: '10.0.0.100' }] },
  ],
  [
    'virtual_ipaddress {\nfe80::1\n}',
    ['8 error mixed-families'],
    { virtualAddresses: [{ address: '10.0.0.100' }] },
  ],
  [
    'virtual_ipaddress {\n10.0.0.7/33\n}',
    ['8 error bad-prefix'],
    { virtualAddresses: [{}, { prefixLength: 32 }] },
  ],
  [
    'virtual_ipaddress {\n10.0.0.7/24 dev eth9\n}',
    ['8 error interface-missing'],
    { virtualAddresses: [{ address: '10.0.0.100' }] },
  ],
  [
    'virtual_ipaddress {\n10.0.0.7/24 colour red\n}',
    ['8 error unknown-option', '8 error unknown-option'],
    { virtualAddresses: [{}, {}] },
  ],
  ['track_interface {\neth0\n}', ['8 warning tracks-own-interface'], { trackInterfaces: [] }],
  ['track_interface {\neth9\n}', ['8 error interface-missing'], { trackInterfaces: [] }],
  [
    'track_interface {\neth1 weight 254\n}',
    ['8 error out-of-range'],
    { trackInterfaces: [{ name: 'eth1', weight: 253 }] },
  ],
  ['track_script {\nnone\n}', ['8 warning script-undefined'], { trackScripts: [] }],
  ['garp_master_repeat 0', ['7 error out-of-range'], { garp: { masterRepeat: 1 } }],
])('%j: reported %j', (lines, expected, becomes) => {
  const result = parse(instance(lines));
  expect(complaints(result)).toEqual(expected);
  expect(result.config.vrrpInstances).toMatchObject([becomes]);
  expect(startVerdict(result.diagnostics).ok).toBe(true);
});

test.each([
  ['state MASTER\npriority 100', 'strict-mode-corrected', { initialState: 'BACKUP' }],
  [pass, 'authentication-dropped', { authentication: { type: 'none' } }],
  ['preempt_delay 5', 'strict-mode-corrected', { preemptDelay: 0 }],
  ['down_timer_adverts 4', 'strict-mode-corrected', { downTimerAdverts: 3 }],
  ['lower_prio_no_advert off', 'strict-mode-corrected', { lowerPriorityNoAdvert: true }],
  ['higher_prio_send_advert', 'strict-mode-corrected', { higherPrioritySendAdvert: false }],
  ['garp_lower_prio_repeat 3', 'strict-mode-corrected', { garp: { lowerPriorityRepeat: 0 } }],
  ['accept', 'strict-mode-corrected', {}],
])('strict mode does not allow %j', (lines, code, becomes) => {
  const result = parse(strict + instance(lines));
  expect(result.diagnostics.filter(({ severity }) => severity === 'error').map((d) => d.code)).toEqual([
    code,
  ]);
  expect(result.config.vrrpInstances).toMatchObject([becomes]);
});

test('strict_mode off in an instance overrules vrrp_strict', () => {
  expect(
    parse(strict + instance('strict_mode off\ndown_timer_adverts 4')).config.vrrpInstances,
  ).toMatchObject([{ strict: false, downTimerAdverts: 4, lowerPriorityNoAdvert: false }]);
});

const minimal = (lines: string): string => `vrrp_instance VI_1 {\n${lines}\n}\n`;
const vips = 'virtual_ipaddress {\n10.0.0.100/24\n}';

test.each([
  ['no virtual_router_id', minimal(`interface eth0\n${vips}`), 2, 'virtual-router-id-missing'],
  ['a virtual_router_id of 0', minimal(`interface eth0\nvirtual_router_id 0\n${vips}`), 2, 'out-of-range'],
  [
    'a virtual_router_id of 256',
    minimal(`interface eth0\nvirtual_router_id 256\n${vips}`),
    2,
    'out-of-range',
  ],
  [
    'a misspelt virtual_router_id',
    minimal(`interface eth0\nvirtual_routr_id 5\n${vips}`),
    2,
    'unknown-keyword',
  ],
  ['no interface', minimal(`virtual_router_id 5\n${vips}`), 2, 'interface-not-given'],
  ['a misspelt interface', minimal(`inteface eth0\nvirtual_router_id 5\n${vips}`), 2, 'unknown-keyword'],
  [
    'a placeholder for the interface',
    minimal(`interface <IF>\nvirtual_router_id 5\n${vips}`),
    2,
    'placeholder',
  ],
  [
    'an interface that does not exist',
    minimal(`interface eth7\nvirtual_router_id 5\n${vips}`),
    2,
    'interface-missing',
  ],
  ['the loopback interface', minimal(`interface lo\nvirtual_router_id 5\n${vips}`), 2, 'interface-loopback'],
  ['no address in version 3', minimal('interface eth0\nvirtual_router_id 5\nversion 3'), 2, 'no-address'],
  [
    'only a bad address in version 3',
    minimal('interface eth0\nvirtual_router_id 5\nversion 3\nvirtual_ipaddress {\n1.2.3\n}'),
    2,
    'bad-address',
  ],
  ['the same number twice', instance() + instance('', 'VI_2'), 2, 'duplicate-virtual-router-id'],
  ['a missing argument', instance('priority'), 2, 'missing-argument'],
  [
    'a missing argument in a checker',
    'virtual_server 10.0.0.1 80 {\ndelay_loop\nlb_algo rr\nlb_kind NAT\nprotocol TCP\nreal_server 10.0.0.2 80 {\n}\n}\n',
    2,
    'missing-argument',
  ],
  ['an include that must be there', `includem /none.conf\n${instance()}`, 6, 'include-not-found'],
])('%s is fatal, and one error', (_, text, exitCode, code) => {
  const { diagnostics } = parse(text);
  const verdict = startVerdict(diagnostics);
  expect(diagnostics.filter(({ severity }) => severity === 'error').map((d) => d.code)).toEqual([code]);
  expect(verdict).toMatchObject({ ok: false, exitCode });
});

test.each([
  ['an interface to come', `global_defs {\ndynamic_interfaces\n}\n${instance().replace('eth0', 'eth7')}`],
  ['the same number with other peers', instance(peers) + instance('unicast_peer {\n10.0.0.4\n}', 'VI_2')],
  ['the same number for another group', instance() + instance('mcast_dst_ip 224.0.0.19', 'VI_2')],
  [
    'no address when none is meant',
    minimal('interface eth0\nvirtual_router_id 5\nversion 3\nno_virtual_ipaddress'),
  ],
])('%s is fine', (_, text) => {
  expect(complaints(parse(text))).toEqual([]);
});

test('peers in strict mode are doubtful, and an instance with both runs as with keepalived 2.2', () => {
  const { config, diagnostics } = parse(strict + instance(peers));
  expect(diagnostics.filter(({ code }) => code === 'strict-mode-unicast')).toMatchObject([
    { severity: 'warning', keepalived: 'none', fatal: false },
  ]);
  expect(config.vrrpInstances[0]?.unicastPeers).toHaveLength(1);
});

test('interfaces are not checked when nobody knows them', () => {
  const result = parse(instance().replace('eth0', 'eth7'), { interfaces: undefined });
  expect(complaints(result)).toEqual([]);
});

test('the remedy for a missing interface lists those of the machine', () => {
  const [diagnostic] = parse(instance().replace('eth0', 'ens192')).diagnostics;
  expect(diagnostic?.remedy).toContain('eth0 10.0.0.2, eth1 without address');
});

test.each([
  [
    'IPv6',
    minimal('interface eth0\nvirtual_router_id 5\nvirtual_ipaddress {\nfe80::1\n}'),
    'ipv6-not-in-effect',
  ],
  ['AH', instance('authentication {\nauth_type AH\nauth_pass 1\n}'), 'ah-not-in-effect'],
])('an instance with %s is not run, and that is said', (_, text, code) => {
  const { config, diagnostics } = parse(text);
  expect(diagnostics.map((d) => d.code)).toEqual([code]);
  expect(config.vrrpInstances).toEqual([]);
});

test('a script is known wherever it is defined, with a note where keepalived would not find it', () => {
  const definition = 'vrrp_script a {\nscript /bin/a\nfall 2\n}\n';
  const used = instance('track_script {\na\n}');
  const [above, below] = [parse(definition + used), parse(used + definition)];
  expect(above.diagnostics).toEqual([]);
  expect(below.diagnostics).toMatchObject([
    { line: 8, severity: 'note', code: 'script-defined-later', keepalived: 'reported' },
  ]);
  expect(below.config).toEqual(above.config);
});

test.each([
  ['vrrp_script a {\ninterval 2\n}\n', ['1 error script-without-command']],
  ['vrrp_script a {\nscipt /bin/a\n}\n', ['2 error unknown-keyword']],
  ['vrrp_scrpt a {\nscript /bin/a\n}\n', ['1 error unknown-keyword']],
  ['vrrp_script a {\nscript "/bin/a\n}\n', ['2 error unterminated-quote']],
])('a script lost to %j is told once, not again where it is tracked', (definition, expected) => {
  const result = parse(definition + instance('track_script {\na\n}'));
  expect(complaints(result)).toEqual(expected);
});

test('a script that nobody tracks is not run', () => {
  const result = parse(`vrrp_script a {\nscript /bin/a\n}\n${instance()}`);
  expect(complaints(result)).toEqual(['1 warning script-unused']);
  expect(result.config.vrrpScripts).toEqual([]);
});
