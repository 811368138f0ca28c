import { expect, test } from 'vitest';
import { parse } from './parse.ts';

const router = (lines = '', name = 'VI_1'): string =>
  `vrrp_instance ${name} {\n    state MASTER\n    interface eth0\n    virtual_router_id 51\n    priority 150\n    advert_int 1\n${lines}    virtual_ipaddress {\n        10.0.0.100/24\n    }\n}\n`;
const check = '        TCP_CHECK {\n            connect_timeout 3\n        }\n';
const server = (inside = check, address = '10.0.0.11 80'): string =>
  `    real_server ${address} {\n${inside}    }\n`;
const pool = (lines = '', servers = server()): string =>
  `virtual_server 10.0.0.100 80 {\n    delay_loop 6\n    lb_algo rr\n    lb_kind NAT\n    protocol TCP\n${lines}${servers}}\n`;
const script = 'vrrp_script chk {\n    script "/bin/true"\n    fall 2\n}\n';
const tracked = '    track_script {\n        chk\n    }\n';
const page = (lines: string): string => pool('', server(`        HTTP_GET {\n${lines}        }\n`));

/** What people write, where the caret stands (line:column+length), and what the remedy says. */
const mistakes: readonly (readonly [what: string, text: string, place: string, remedy: string])[] = [
  [
    'vrrp_scripit',
    `${script.replace('script', 'scripit')}${router(tracked)}`,
    '1:1+12 unknown-keyword',
    'did you mean vrrp_script?',
  ],
  ['inteface', router().replace('interface', 'inteface'), '3:5+8 unknown-keyword', 'did you mean interface?'],
  ['Priority', router().replace('priority', 'Priority'), '5:5+8 unknown-keyword', 'did you mean priority?'],
  ['priority 300', router().replace('150', '300'), '5:14+3 out-of-range', 'write a value from 1 to 255'],
  [
    'priority = 150',
    router().replace('y 150', 'y = 150'),
    '5:14+1 not-a-number',
    'remove the =: the value stands behind a blank',
  ],
  [
    'priority: 150',
    router().replace('priority', 'priority:'),
    '5:5+9 unknown-keyword',
    'write priority, without the :',
  ],
  ['priority 150;', router().replace('150', '150;'), '5:14+4 not-a-number', 'write 150, without the ;'],
  [
    'priority without a value',
    router().replace(' 150', ''),
    '5:5+8 missing-argument',
    'write: priority NUMBER',
  ],
  [
    'virtual_router_id 256',
    router().replace('51', '256'),
    '4:23+3 out-of-range',
    'write a value from 1 to 255',
  ],
  [
    'no virtual_router_id',
    router().replace('    virtual_router_id 51\n', ''),
    '1:1+13 virtual-router-id-missing',
    'add a line: virtual_router_id NUMBER (1 to 255, the same on',
  ],
  [
    'no interface',
    router().replace('    interface eth0\n', ''),
    '1:1+13 interface-not-given',
    'add a line: interface NAME (eth0 10.0.0.2, eth1 without address)',
  ],
  ['no name', router().replace('VI_1 ', ''), '1:1+13 missing-argument', 'write: vrrp_instance NAME'],
  ['state master', router().replace('MASTER', 'master'), '2:11+6 unknown-value', 'did you mean MASTER?'],
  [
    'auth_type PASSWORD',
    router('    authentication {\n        auth_type PASSWORD\n        auth_pass 1111\n    }\n'),
    '8:19+8 unknown-value',
    'write one of PASS, AH',
  ],
  [
    'everything on one line',
    router('    authentication { auth_type PASS auth_pass 1111 }\n'),
    '7:37+9 password-missing',
    'put auth_pass on a line of its own',
  ],
  [
    'a long password',
    router('    authentication {\n        auth_type PASS\n        auth_pass 123456789\n    }\n'),
    '9:19+9 too-long',
    'write at most 8 bytes',
  ],
  [
    'virtual_ipadress',
    router().replace('virtual_ipaddress', 'virtual_ipadress'),
    '7:5+16 unknown-keyword',
    'did you mean virtual_ipaddress?',
  ],
  [
    'an address of five',
    router().replace('100/24', '256/24'),
    '8:9+13 bad-address',
    'an IPv4 address has four numbers from 0 to 255',
  ],
  ['/33', router().replace('/24', '/33'), '8:9+13 bad-prefix', 'write a prefix length from 0 to 32'],
  [
    'an interface behind an address',
    router().replace('/24', '/24 eth0'),
    '8:23+4 unknown-option',
    'an interface is written behind dev: dev eth0',
  ],
  [
    'lable',
    router().replace('/24', '/24 dev eth0 lable eth0:1'),
    '8:32+5 unknown-option',
    'did you mean label?',
  ],
  [
    'two addresses on a line',
    router().replace('/24', '/24 10.0.0.101/24'),
    '8:23+13 unknown-option',
    'put each address on a line of its own',
  ],
  [
    'an address of another family',
    router().replace('100/24', '100/24\n        2001:db8::1/64'),
    '9:9+14 mixed-families',
    'move it to virtual_ipaddress_excluded, or to an instance of its own',
  ],
  [
    'addresses without braces',
    router().replace(/ \{\n {8}(.*)\n {4}\}/, ' $1'),
    '7:5+17 missing-opening-brace',
    'write: virtual_ipaddress { 10.0.0.100/24 }',
  ],
  [
    'peers without braces',
    router('    unicast_src_ip 10.0.0.2\n    unicast_peer 10.0.0.3\n'),
    '8:5+12 missing-opening-brace',
    'write: unicast_peer { 10.0.0.3 }',
  ],
  [
    'a script without braces',
    script + router('    track_script chk\n'),
    '11:5+12 missing-opening-brace',
    'write: track_script { chk }',
  ],
  [
    'a checker without braces',
    pool('', server('        TCP_CHECK\n')),
    '7:9+9 missing-opening-brace',
    'put a { behind it, and a } behind what belongs to it',
  ],
  [
    'a list that is not closed',
    `${router().replace('24\n    }', '24')}${pool()}`,
    '7:5+17 missing-closing-brace',
    'put a } behind the last line of the block',
  ],
  [
    'an instance that is not closed',
    `${router().slice(0, -2)}${pool()}`,
    '1:1+13 missing-closing-brace',
    'put a } behind the last line of the block',
  ],
  [
    'a server that is not closed',
    pool('', server().slice(0, -6) + server(check, '10.0.0.12 80')),
    '6:5+11 missing-closing-brace',
    'put a } behind the last line of the block',
  ],
  [
    'a brace too many',
    `${router()}}\n${pool()}`,
    '11:1+1 surplus-brace',
    'remove it, or look for one too many since vrrp_instance VI_1',
  ],
  [
    'a mail server in an instance',
    router('    smtp_server 10.0.0.9\n'),
    '7:5+11 unknown-keyword',
    'smtp_server is legal in global_defs, not here',
  ],
  [
    'priority outside',
    `priority 100\n${router()}`,
    '1:1+8 unknown-keyword',
    'priority is legal in vrrp_instance, not here',
  ],
  ['// as a comment', router('    // not now\n'), '7:5+2 unknown-keyword', 'a comment begins with # or !'],
  [
    'an ideographic space',
    router().replace('priority 150', 'priority\u3000150'),
    '5:5+12 unknown-keyword',
    'replace it with an ordinary blank',
  ],
  [
    'a parameter of nobody',
    router().replace('eth0', '$IFACE'),
    '3:15+6 interface-missing',
    'define it above with a line $IFACE=VALUE, or name the',
  ],
  [
    'an interface of another machine',
    router().replace('eth0', 'ens192'),
    '3:15+6 interface-missing',
    "name one of this machine's (eth0 10.0.0.2, eth1 without",
  ],
  [
    'half a second in version 2',
    router().replace('advert_int 1', 'advert_int 0.5'),
    '6:16+3 interval-does-not-fit',
    'write whole seconds, or use version 3 on all routers',
  ],
  [
    'one number twice',
    router() + router('', 'VI_2').replace('100/24', '101/24'),
    '14:23+2 duplicate-virtual-router-id',
    'give each virtual router of a network its own number from 1 to 255',
  ],
  [
    'one name twice',
    router() + router().replace('51', '52').replace('100/24', '101/24'),
    '11:1+13 given-twice',
    'give it another name, or remove one of them',
  ],
  [
    'one address twice',
    router() + router('', 'VI_2').replace('51', '52'),
    '18:9+13 address-in-two-instances',
    'leave it to one of them: each may be master on another machine',
  ],
  ['one keyword twice', router('    priority 100\n'), '7:5+8 given-again', 'remove one of the two'],
  [
    'a quote that is not closed',
    script.replace('true"', 'true') + router(),
    '2:12+1 unterminated-quote',
    'close the quote on the same line',
  ],
  [
    'a port behind a colon',
    pool('', server(check, '10.0.0.11:80')),
    '6:17+12 bad-address',
    'a port stands behind a blank: write 10.0.0.11 80',
  ],
  [
    'a port by name',
    pool().replace('100 80', '100 http'),
    '1:27+4 bad-port',
    'write a number from 1 to 65535; names of services are not looked up',
  ],
  ['lb_algo blc', pool().replace('lb_algo rr', 'lb_algo blc'), '3:13+3 unknown-value', 'did you mean lblc?'],
  ['lb_kind DNAT', pool().replace('NAT', 'DNAT'), '4:13+4 unknown-value', 'did you mean NAT?'],
  ['protocol http', pool().replace('TCP', 'http'), '5:14+4 unknown-value', 'write one of TCP, UDP, SCTP'],
  [
    'a checker’s keyword in a server',
    pool('', server(`        connect_port 80\n${check}`)),
    '7:9+12 unknown-keyword',
    'connect_port is legal in TCP_CHECK, HTTP_GET, SSL_GET,',
  ],
  [
    'a server’s keyword in a checker',
    pool('', server(check.replace('connect_timeout 3', 'weight 3'))),
    '8:13+6 unknown-keyword',
    'weight is legal in vrrp_script, virtual_server,',
  ],
  [
    'connect_timout',
    pool('', server(check.replace('timeout', 'timout'))),
    '8:13+14 unknown-keyword',
    'did you mean connect_timeout?',
  ],
  [
    'a page on one line',
    page('            url { path / status_code 200 }\n'),
    '8:26+11 keyword-on-same-line',
    'put status_code on a line of its own',
  ],
  [
    'a digest that is too short',
    page('            url {\n                path /\n                digest 0123\n            }\n'),
    '10:24+4 bad-digest',
    'write 32 hexadecimal digits, as the genhash command prints them',
  ],
  ['no real server', pool('', ''), '1:1+14 no-real-server', 'add: real_server ADDRESS PORT { }'],
  [
    'one real server twice',
    pool('', server() + server()),
    '11:17+9 duplicate-real-server',
    'remove this one, or correct its address',
  ],
  [
    'no checker',
    pool('', server('')),
    '6:5+11 server-without-checker',
    'add TCP_CHECK { } or another checker',
  ],
  [
    'a quorum that is never reached',
    pool('    quorum 5\n'),
    '6:12+1 quorum-too-high',
    'write a quorum of at most 1, or greater weights',
  ],
];

test.each(mistakes)('%s is one mistake, at its place, with a remedy', (_, text, place, remedy) => {
  const told = parse(text, { thorough: true }).diagnostics.filter(({ severity }) => severity !== 'note');
  const places = told.map(({ line, column, length, code }) => `${line}:${column}+${length} ${code}`);
  expect(places).toEqual([place]);
  expect(told[0]?.remedy).toContain(remedy);
});
