import { instance } from './parse.ts';

const pool = (lines: string, header = '10.0.0.9 80'): string =>
  `virtual_server ${header} {\nlb_algo rr\nprotocol TCP\nreal_server 10.0.0.3 80 {\n}\n${lines}\n}\n`;
const session = (name: string, lines: string): string =>
  `bfd_instance ${name} {\nneighbor_ip 10.0.0.7\n${lines}\n}\n`;
const url = (line: string): string =>
  pool(`lb_kind NAT\nreal_server 10.0.0.4 80 {\nHTTP_GET {\nurl {\npath /\n${line}\n}\n}\n}`);
const authentication = (lines: string): string => instance(`authentication {\n${lines}\n}`);
const address = (text: string): string => instance(`virtual_ipaddress_excluded {\n${text}\n}`);

const router = (text: string): string => `global_defs {\n${text}\n}\n${instance()}`;

/** What random configurations found, and the language in small: the status of keepalived -t, as seen. */
export const verdicts: readonly (readonly [name: string, text: string, status: number])[] = [
  ['a method with an option of no tunnel', pool('lb_kind NAT foo'), 5],
  ['two methods in one line', pool('lb_kind DR NAT'), 5],
  ['a method with an option of tunnels', pool('lb_kind DR type ipip'), 0],
  ['a mark in hexadecimal', pool('lb_kind NAT', 'fwmark 0x10').replace('protocol TCP\n', ''), 5],
  ['a mark in decimal', pool('lb_kind NAT', 'fwmark 16').replace('protocol TCP\n', ''), 0],
  ['a bare status_code', url('status_code'), 0],
  ['a status_code that is none', url('status_code 99'), 5],
  ['no peers, and no fault for it', instance('unicast_src_ip 10.0.0.2\nunicast_fault_no_peer'), 0],
  ['no peers, no fault for it, and a TTL', instance('unicast_ttl 9\nunicast_fault_no_peer'), 5],
  ['no peers', instance('unicast_src_ip 10.0.0.2'), 5],
  ['a peer behind an address with a prefix', address('10.0.0.7/24 peer 10.0.0.8'), 5],
  ['a peer with a prefix', address('10.0.0.7 peer 10.0.0.8/24'), 0],
  ['a peer and a broadcast address', address('10.0.0.7 peer 10.0.0.8 brd 10.0.0.255'), 5],
  ['AH without a password', authentication('auth_type AH'), 5],
  ['AH with a password', authentication('auth_type AH\nauth_pass a'), 0],
  ['two sessions to one neighbour', session('a', '') + session('b', ''), 5],
  [
    'one session from everywhere, one from an address',
    session('a', '') + session('b', 'source_ip 10.0.0.2'),
    5,
  ],
  [
    'two sessions from two addresses',
    session('a', 'source_ip 10.0.0.2') + session('b', 'source_ip 10.0.0.3'),
    0,
  ],
  ['a zero with a minus sign', instance('garp_master_delay -0'), 5],
  [
    'a zero with a minus sign where numbers may be negative',
    instance('track_interface {\neth1 weight -0\n}'),
    0,
  ],
  [
    'a track_group that is not there',
    `static_ipaddress {\n10.0.0.7 dev eth1 track_group g\n}\n${instance()}`,
    5,
  ],
  [
    'a track_group above',
    `track_group g {\ngroup {\nVI_1\n}\n}\nstatic_ipaddress {\n10.0.0.7 dev eth1 track_group g\n}\n${instance()}`,
    0,
  ],
  ['a quote behind the last brace', `${instance().trimEnd()}"\n`, 5],
  ['a peer twice', instance('unicast_peer {\n10.0.0.3\n10.0.0.3\n}'), 0],
  ['peers in strict mode', instance('strict_mode\nunicast_peer {\n10.0.0.3\n}'), 0],
  ['the same version twice', instance('version 2\nversion 2'), 0],
  ['two versions', instance('version 2\nversion 3'), 5],
  ['a group that is not there, and no server', 'virtual_server group G {\n}\n', 0],
  ['no server', 'virtual_server 10.0.0.9 80 {\n}\n', 5],
  [
    'an interface of a sync group that is not there',
    `${instance()}vrrp_sync_group G {\ngroup {\nVI_1\n}\ntrack_interface {\neth7\n}\n}\n`,
    5,
  ],
  ['a bare script', `vrrp_script a {\nscript\n}\n${instance()}`, 5],
  ['an include that has to be there, and no namespace', 'includem none\nnet_namespace none\n', 6],
  ['a port with a sign', pool('lb_kind NAT', '10.0.0.9 +80'), 0],
  ['two names of one interface', instance('use_vmac a\nuse_vmac b'), 5],
  ['one name of one interface', instance('use_vmac\nuse_vmac b'), 0],
  ['a script that nobody tracks', `vrrp_script a {\nscript /bin/true\n}\n${instance()}`, 0],
  ['a comment sign in quotes', router('router_id "a#b"'), 0],
  ['a comment sign in a word', router('router_id a#"'), 0],
  ['an exclamation mark in a word', router('router_id a!"'), 0],
  ['a parameter in front of a slash', `$P=10.0.0.8\n${address('$P/24')}`, 5],
  ['a parameter in front of a blank', `$P=10.0.0.8/24\n${address('$P dev eth1')}`, 0],
  ['a sequence to the last number', address('~SEQ(v, 254, 255) 10.0.0.$v'), 0],
  ['a sequence beyond it', address('~SEQ(v, 254, 256) 10.0.0.$v'), 5],
  ['a condition behind a brace', instance().replace('{\n', '{ @r1 preempt\n'), 0],
  ['a condition of another router behind a brace', instance().replace('{\n', '{ @r2 nonsense\n'), 0],
  ['priority 0', instance('priority 0'), 5],
  ['priority 255', instance('priority 255'), 0],
  ['priority 256', instance('priority 256'), 5],
  ['router number 0', instance().replace('51', '0'), 5],
  ['letters behind a number', instance('garp_master_delay 10abc'), 5],
  ['a keyword of version 2.4', instance('timer_expired_backup'), 0],
  ['two routers with one number', instance() + instance('', 'VI_2'), 5],
  ['a mark without a number', 'virtual_server_group G {\nfwmark\n}\n', 2],
  [
    'an interface of an owner with a weight',
    instance('priority 255\ntrack_interface {\neth1 weight 5\n}'),
    5,
  ],
  ['an interface of an owner', instance('priority 255\ntrack_interface {\neth1\n}'), 0],
  ['an upper limit below the quorum', 'vrrp_track_process a {\nprocess a\nquorum 5\nquorum_max 4\n}\n', 5],
  ['an upper limit of none', `vrrp_track_process a {\nprocess a\nquorum_max 0\n}\n${instance()}`, 0],
  ['another interface that is not there', instance().replace('interface', 'interface eth7\ninterface'), 5],
  ['a host of SMTP_CHECK', pool('lb_kind NAT\nreal_server 10.0.0.4 80 {\nSMTP_CHECK {\nhost {\n}\n}\n}'), 0],
  ['an open quote in a line for another router', `@other x "\n${instance()}`, 5],
  ['an open quote in a definition', `$P=a"\n${instance()}`, 5],
  ['an open quote in a definition of several lines', `$P= \\\na"\n${instance()}`, 5],
  ['a group of the other family', instance('mcast_dst_ip ff02::19'), 5],
  ['a group of the family', instance('mcast_dst_ip 224.0.0.19'), 0],
  ['a prefix length with a sign', address('10.0.0.7/+24'), 0],
];
