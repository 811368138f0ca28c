import type { ParseResult } from '@holdfast/config';
import { expect, test } from 'vitest';
import { complaints, errors, instance, parse } from '../parse.ts';

const group = (lines: string): string => `vrrp_sync_group G {\n${lines}\n}\n`;
const two = instance('', 'VI_1') + instance('', 'VI_2').replace('51', '52');
const file = 'track_file f {\nfile /run/f\n}\n';

test.each([
  ['bfd_instance b {\nmin_rx 20\n}', ['1 error needed-keyword-missing']],
  ['bfd_instance b {\nneighbor_ip 10.0.0.300\n}', ['2 error bad-address']],
  ['bfd_instance b {\nneighbour_ip 10.0.0.3\n}', []],
  ['bfd_instance b {\nneighbor_ip 10.0.0.3\nsource_ip 2001:db8::1\n}', ['3 error mixed-families']],
  ['track_file f {\nweight 3\n}', ['1 error needed-keyword-missing']],
  ['vrrp_track_process p {\nweight 3\n}', ['1 error needed-keyword-missing']],
  ['garp_group {\ninterface eth0\n}', ['1 error needed-keyword-missing']],
  ['garp_group {\ngna_interval 1\ninterface eth0\n}', []],
  ['garp_group {\ngarp_interval x\n}', ['2 error not-a-number']],
  ['vrrp_sync_group G {\n}', ['1 error needed-keyword-missing']],
  ['global_defs {\nnotification_email {\n}\n}', ['2 warning empty-list']],
  ['track_group g {\ngroup {\n}\n}', ['2 warning empty-list']],
] as const)('%j is complained about as %j', (text, expected) => {
  expect(complaints(parse(`${text}\n`))).toEqual(expected);
});

test.each([
  ['track_file {\nf\n}', ['8 warning tracked-undefined']],
  ['track_process {\np\n}', ['8 warning tracked-undefined']],
  ['track_bfd {\nb\n}', ['8 warning tracked-undefined']],
  ['use_vmac\nunicast_src_ip 10.0.0.2\nunicast_peer {\n10.0.0.3\n}', ['7 warning vmac-needs-base']],
  ['use_vmac\nvmac_xmit_base\nunicast_src_ip 10.0.0.2\nunicast_peer {\n10.0.0.3\n}', []],
  ['vmac_xmit_base', ['7 warning base-without-vmac']],
  ['use_vmac\npromote_secondaries', ['8 warning promoted-anyway']],
  ['use_ipvlan', ['7 warning ipvlan-without-address']],
  ['use_ipvlan ii 10.0.0.7/24', []],
  ['vrf eth1', ['7 error vrf-with-interface']],
  ['native_ipv6', ['7 error mixed-families']],
  ['unicast_peer {\n10.0.0.3 min_ttl 9 max_ttl 3\n}', ['8 warning bad-range']],
  ['unicast_peer {\n10.0.0.3 ttl 9\n}', ['8 error unknown-option']],
  ['virtual_routes {\n10.1.0.0/16 dev eth7\n}', ['8 error interface-missing']],
  ['virtual_routes {\n10.1.0.0/16 dev eth1 table nowhere\n}', ['8 error unknown-value']],
  ['virtual_routes {\n10.1.0.0/16 via 2001:db8::1\n}', ['8 error family-mixed']],
  ['virtual_routes {\nvia 10.0.0.3\n}', ['8 error missing-option']],
  ['virtual_rules {\nfrom 10.1.0.0/16 table 5\n}', ['8 warning preference-missing']],
  ['virtual_rules {\nfrom 10.1.0.0/16 blackhole table 5 priority 3\n}', ['8 error given-twice']],
  ['virtual_rules {\nfrom 10.1.0.0/16 priority 3\n}', ['8 error missing-option']],
] as const)('an instance with %j: %j', (lines, expected) => {
  expect(complaints(parse(instance(lines)))).toEqual(expected);
});

test('a name that is lost or defined further down is no second mistake', () => {
  const tracking = instance('track_file {\nf\n}');
  expect(complaints(parse(file + tracking))).toEqual([]);
  expect(complaints(parse(tracking + file))).toEqual([]);
  expect(parse(tracking + file).diagnostics).toMatchObject([
    { code: 'defined-later', severity: 'note', keepalived: 'reported' },
  ]);
  expect(errors(parse(`trak_file f {\nfile /run/f\n}\n${tracking}`))).toEqual(['1 error unknown-keyword']);
});

test.each([
  ['group {\nVI_1\nVI_2\n}', '', []],
  ['group {\nVI_1\n}', '', ['1 warning group-of-one']],
  ['group {\nVI_1\nVI_1\nVI_2\n}', '', ['4 warning group-member-twice']],
  ['group {\nVI_1\nVI_2\nVI_3\n}', '', ['5 warning group-member-undefined']],
  ['group {\nVI_1\nVI_2\n}', 'eth1 weight 5', ['15 warning weight-in-group']],
  ['sync_group_tracking_weight\ngroup {\nVI_1\nVI_2\n}', 'eth1 weight 5', []],
  ['group {\nVI_1\nVI_2\n}\ntrack_interface {\neth1\n}', 'eth1', ['18 warning tracked-by-group']],
] as const)('a group with %j and an instance that tracks "%s": %j', (lines, tracked, expected) => {
  const instances = tracked === '' ? two : two.replace('\n}\n', `\ntrack_interface {\n${tracked}\n}\n}\n`);
  expect(complaints(parse(group(lines) + instances))).toEqual(expected);
});

test.each([
  ['interface_up_down_delays {\neth7 3\n}', '2 error interface-missing'],
  ['linkbeat_interfaces {\neth7 MII\n}', '2 error interface-missing'],
  ['garp_group {\ngarp_interval 1\ninterface eth0\ninterfaces {\neth0\n}\n}', '5 error given-twice'],
  ['static_ipaddress {\n10.0.0.8 dev eth7\n}', '2 error interface-missing'],
] as const)('%j names an interface that is not there, or twice: %s', (text, expected) => {
  expect(complaints(parse(text))).toEqual([expected]);
  expect(complaints(parse(text, { interfaces: undefined })).filter((one) => one.includes('missing'))).toEqual(
    [],
  );
});

test('a configuration for a namespace that is not there has keepalived’s verdict, which is none', () => {
  const text = `net_namespace ns\nnonsense\n${instance()}`;
  const verdicts = ({ diagnostics }: ParseResult): string[] =>
    diagnostics.map(({ keepalived }) => keepalived);
  expect(verdicts(parse(text))).toEqual(['none', 'none']);
  expect(verdicts(parse(text, {}, { '/run/netns/ns': '' }))).toEqual(['reported']);
});

test('two instances cannot make the same interface', () => {
  const text = instance('use_vmac vv', 'VI_1') + instance('use_vmac vv', 'VI_2').replace('51', '52');
  expect(complaints(parse(text))).toEqual(['15 warning vmac-name-taken']);
});
