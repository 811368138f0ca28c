import { expect, test } from 'vitest';
import { firewall } from '../../src/doctor/checks/firewall.ts';
import { iptablesChains } from '../../src/doctor/firewall/iptables.ts';
import { nftChains } from '../../src/doctor/firewall/nft.ts';
import { instance, machine } from './machine.ts';

const multicast = instance();
const unicast = instance('  unicast_peer {\n    10.9.0.2\n  }\n');

const matching = (left: object, right: unknown, op = '==') => ({ match: { op, left, right } });
const protocol = { meta: { key: 'l4proto' } };
const field = (name: string, header = 'ip') => ({ payload: { protocol: header, field: name } });
const input = { hook: 'input', policy: 'accept' };

interface Table {
  readonly chain?: object;
  readonly rules?: readonly (readonly object[])[];
  readonly sub?: readonly (readonly object[])[];
  readonly set?: readonly unknown[];
}

/** What nft prints of a table with a base chain, a chain to jump to and a set. */
function nft({ chain = input, rules = [], sub = [], set = [] }: Table): string {
  const where = { family: 'inet', table: 'f' };
  return JSON.stringify({
    nftables: [
      { metainfo: { version: '1.0.6' } },
      { chain: { ...where, name: 'base', type: 'filter', prio: 0, ...chain } },
      { chain: { ...where, name: 'sub' } },
      { set: { ...where, name: 'peers', type: 'ipv4_addr', elem: set } },
      ...rules.map((expr, i) => ({ rule: { ...where, chain: 'base', handle: 10 + i, expr } })),
      ...sub.map((expr, i) => ({ rule: { ...where, chain: 'sub', handle: 20 + i, expr } })),
    ],
  });
}

const drop = { drop: null };
const accept = { accept: null };
const policy = { hook: 'input', policy: 'drop' };
const first = 'nft delete rule inet f base handle 10';
const inserted = 'nft insert rule inet f base iifname eth0 meta l4proto 112 accept';

const commandsFor = (text: string, chains: ReturnType<typeof nftChains>): readonly string[] =>
  firewall(machine(text, { firewall: chains })).map(({ command }) => command);

test.each<readonly [string, Table, readonly string[]]>([
  ['no rule', {}, []],
  ['a rule for everything', { rules: [[drop]] }, [first]],
  ['a rule for the protocol', { rules: [[matching(protocol, 'vrrp'), { counter: {} }, drop]] }, [first]],
  ['a rule for its number', { rules: [[matching(protocol, 112), { reject: {} }]] }, [first]],
  ['a rule for other protocols', { rules: [[matching(protocol, 'vrrp', '!='), drop]] }, []],
  ['a rule for another protocol', { rules: [[matching(protocol, 'tcp'), drop]] }, []],
  ['a rule for a port', { rules: [[matching(field('dport', 'tcp'), 80), drop]] }, []],
  ['a rule for the group', { rules: [[matching(field('daddr'), '224.0.0.18'), drop]] }, [first]],
  [
    'a rule for all groups',
    { rules: [[matching(field('daddr'), { prefix: { addr: '224.0.0.0', len: 4 } }), drop]] },
    [first],
  ],
  ['a rule for multicast', { rules: [[matching({ meta: { key: 'pkttype' } }, 'multicast'), drop]] }, [first]],
  ['a rule for the interface', { rules: [[matching({ meta: { key: 'iifname' } }, 'eth*'), drop]] }, [first]],
  ['a rule for another interface', { rules: [[matching({ meta: { key: 'iifname' } }, 'wan0'), drop]] }, []],
  ['a rule for one neighbour', { rules: [[matching(field('saddr'), '10.9.0.66'), drop]] }, []],
  ['a rule for IPv6', { rules: [[matching({ meta: { key: 'nfproto' } }, 'ipv6'), drop]] }, []],
  ['a rule that nobody here understands', { rules: [[{ xt: { type: 'match' } }, drop]] }, []],
  ['a rule that drops after one that accepts', { rules: [[matching(protocol, 'vrrp'), accept], [drop]] }, []],
  ['a policy', { chain: policy }, [inserted]],
  ['a policy of another hook', { chain: { hook: 'forward', policy: 'drop' } }, []],
  ['a policy of nat', { chain: { ...policy, type: 'nat' } }, []],
  [
    'a policy, but answers are accepted',
    {
      chain: policy,
      rules: [[matching({ ct: { key: 'state' } }, ['established', 'related'], 'in'), accept]],
    },
    [inserted],
  ],
  [
    'a policy, but the protocol is accepted',
    { chain: policy, rules: [[matching(protocol, { set: ['tcp', 'vrrp'] }), accept]] },
    [],
  ],
  [
    'a policy, but neighbours are accepted',
    { chain: policy, rules: [[matching(field('saddr'), '@peers'), accept]], set: ['10.9.0.2', '10.9.0.3'] },
    [],
  ],
  [
    'a policy, but strangers are accepted',
    { chain: policy, rules: [[matching(field('saddr'), '@peers'), accept]], set: ['10.7.0.2'] },
    [inserted],
  ],
  [
    'a chain that is jumped to',
    { rules: [[{ jump: { target: 'sub' } }]], sub: [[matching(protocol, 'vrrp'), drop]] },
    ['nft delete rule inet f sub handle 20'],
  ],
  [
    'a chain that returns',
    { rules: [[{ jump: { target: 'sub' } }], [accept]], sub: [[{ return: null }], [drop]] },
    [],
  ],
  ['a chain that nobody jumps to', { sub: [[drop]] }, []],
  [
    'a chain that jumps to itself',
    { rules: [[{ jump: { target: 'sub' } }]], sub: [[{ jump: { target: 'sub' } }]] },
    [],
  ],
])('nft with %s', (_, table, expected) => {
  expect(commandsFor(multicast, nftChains(nft(table)))).toEqual(expected);
});

test('what goes out is looked at too', () => {
  const chain = { hook: 'output', policy: 'accept' };
  const rules = [[matching({ meta: { key: 'oifname' } }, 'eth0'), matching(protocol, 'vrrp'), drop]];
  expect(commandsFor(multicast, nftChains(nft({ chain, rules })))).toEqual([first]);
  expect(commandsFor(multicast, nftChains(nft({ chain: { ...chain, policy: 'drop' } })))).toEqual([
    'nft insert rule inet f base oifname eth0 meta l4proto 112 accept',
  ]);
});

test.each([
  ['of the peer', '10.9.0.2', [first]],
  ['of another one', '10.9.0.3', []],
])('with unicast peers the adverts %s count', (_, peer, expected) => {
  const rules = [[matching(field('saddr'), peer), drop]];
  expect(commandsFor(unicast, nftChains(nft({ rules })))).toEqual(expected);
});

test.each(['', '{', '[]', '{"nftables": [{"chain": 1}]}'])(
  '%j is no ruleset, and none of our business',
  (text) => {
    expect(nftChains(text)).toEqual([]);
  },
);

const iptables = (rules: string, input = 'ACCEPT', table = 'filter'): string =>
  `# Generated\n*${table}\n:INPUT ${input} [0:0]\n:OUTPUT ACCEPT [0:0]\n:OURS - [0:0]\n${rules}\nCOMMIT\n`;
const removal = (rule: string): readonly string[] => [`iptables -t filter -D ${rule}`];

test.each<readonly [string, string, readonly string[]]>([
  ['no rule', iptables(''), []],
  ['the protocol', iptables('-A INPUT -p 112 -j DROP'), removal('INPUT -p 112 -j DROP')],
  ['its name', iptables('-A INPUT -p vrrp -j DROP'), removal('INPUT -p vrrp -j DROP')],
  ['counters', iptables('[3:60] -A INPUT -p vrrp -j DROP'), removal('INPUT -p vrrp -j DROP')],
  ['another protocol', iptables('-A INPUT -p tcp -m tcp --dport 80 -j DROP'), []],
  ['other protocols', iptables('-A INPUT ! -p vrrp -j DROP'), []],
  ['the group', iptables('-A INPUT -d 224.0.0.18/32 -j REJECT'), removal('INPUT -d 224.0.0.18/32 -j REJECT')],
  ['other protocols to the group', iptables('-A INPUT -d 224.0.0.18/32 ! -p vrrp -j DROP'), []],
  ['other addresses', iptables('-A INPUT ! -d 224.0.0.0/4 -j DROP'), []],
  [
    'multicast',
    iptables('-A INPUT -m pkttype --pkt-type multicast -j DROP'),
    removal('INPUT -m pkttype --pkt-type multicast -j DROP'),
  ],
  ['another interface', iptables('-A INPUT -i wan+ -j DROP'), []],
  [
    'the interface, going out',
    iptables('-A OUTPUT -o eth+ -p 112 -j DROP'),
    removal('OUTPUT -o eth+ -p 112 -j DROP'),
  ],
  ['a module that nobody here knows', iptables('-A INPUT -m recent --set -j DROP'), []],
  [
    'a remark',
    iptables('-A INPUT -m comment --comment "no -j ACCEPT" -j DROP'),
    removal('INPUT -m comment --comment "no -j ACCEPT" -j DROP'),
  ],
  ['an accepting rule before it', iptables('-A INPUT -p 112 -j ACCEPT\n-A INPUT -j DROP'), []],
  ['the policy', iptables('', 'DROP'), ['iptables -t filter -I INPUT -i eth0 -p 112 -j ACCEPT']],
  [
    'the policy, and answers accepted',
    iptables('-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT', 'DROP'),
    ['iptables -t filter -I INPUT -i eth0 -p 112 -j ACCEPT'],
  ],
  ['the policy of a table that drops nothing', iptables('', 'DROP', 'nat'), []],
  [
    'a chain of its own',
    iptables('-A INPUT -j OURS\n-A OURS -p 112 -j DROP'),
    removal('OURS -p 112 -j DROP'),
  ],
])('iptables with %s', (_, text, expected) => {
  expect(commandsFor(multicast, iptablesChains(text, 'iptables'))).toEqual(expected);
});

test('rules for IPv6 do not concern IPv4', () => {
  expect(commandsFor(multicast, iptablesChains(iptables('-A INPUT -j DROP'), 'ip6tables'))).toEqual([]);
});

test('a rule of the older program is taken away by that program', () => {
  expect(
    commandsFor(multicast, iptablesChains(iptables('-A OUTPUT -p vrrp -j DROP'), 'iptables-legacy')),
  ).toEqual(['iptables-legacy -t filter -D OUTPUT -p vrrp -j DROP']);
});
