import { expect, test } from 'vitest';
import { complaints, instance, parse } from '../parse.ts';

const after = `${instance()}`;
const afterRuns = (text: string): boolean =>
  parse(text).config.vrrpInstances.some(({ name }) => name === 'VI_1');

test.each([
  [
    'an unknown block',
    `vrrp_scripit chk {\n script "/x"\n interval 2\n}\n${after}`,
    ['1 error unknown-keyword'],
  ],
  [
    'an unknown block within a block',
    instance('  notyfy_all {\n a\n b { c }\n }\n  priority 50'),
    ['7 error unknown-keyword'],
  ],
  ['an unknown line', `nonsense 1\n${after}`, ['1 error unknown-keyword']],
  ['an unknown line in a block', instance('  adver_int 1'), ['7 error unknown-keyword']],
  ['a keyword of another block', instance('  auth_pass 1111'), ['7 error unknown-keyword']],
  ['an unknown block on one line', `foo { a { b } }\n${after}`, ['1 error unknown-keyword']],
  [
    'a keyword without a block that has one',
    instance('  priority 50 {\n a\n }'),
    ['7 error unexpected-brace'],
  ],
  [
    'an address with a block',
    instance('  virtual_ipaddress_excluded {\n 10.0.0.7 {\n a\n }\n }'),
    ['8 error unexpected-brace'],
  ],
  ['a lonely opening brace', `{\n}\n${after}`, ['1 error unexpected-brace']],
  ['a closing brace too many', `${after}}\n`, ['9 error surplus-brace']],
  [
    'a misspelt option of an address',
    instance('virtual_ipaddress_excluded {\n10.0.0.7/24 dev eth0 lable eth0:1\n}'),
    ['8 error unknown-option'],
  ],
  ['a missing opening brace', instance('  track_interface\n eth1\n }'), ['7 error missing-opening-brace']],
  ['a list without braces', instance('  track_interface eth1'), ['7 error missing-opening-brace']],
  [
    'a list without braces, its line below',
    instance('  track_interface\n    eth1'),
    ['7 error missing-opening-brace'],
  ],
  [
    'a block without braces',
    instance('  authentication\n    auth_type PASS\n    auth_pass 1111\n  priority 50'),
    ['7 error missing-opening-brace'],
  ],
  [
    'a block without braces and indentation',
    instance('authentication\nauth_type PASS\nauth_pass 1111\npriority 50'),
    ['7 error missing-opening-brace'],
  ],
  [
    'a list without braces, with a block further in below it',
    instance('  track_interface eth1\n      authentication {\n auth_type PASS\n auth_pass 1\n }'),
    ['7 error missing-opening-brace'],
  ],
  [
    'a checker without braces',
    `virtual_server 10.0.0.9 80 {\n lb_algo rr\n lb_kind NAT\n protocol TCP\n real_server 10.0.0.2 80 {\n TCP_CHECK\n }\n}\n${after}`,
    ['6 error missing-opening-brace'],
  ],
  [
    'a list without braces in the outermost block',
    `global_defs {\n  notification_email a@site.example\n  smtp_server 10.0.0.9\n}\n${after}`,
    ['2 error missing-opening-brace'],
  ],
  [
    'a placeholder address',
    instance('  unicast_src_ip <IP>\n unicast_peer {\n 10.0.0.3\n }'),
    ['7 error placeholder'],
  ],
  [
    'an unknown block with placeholders',
    `foo_check <name> {\n script <path>\n weight <n>\n}\n${after}`,
    ['1 error unknown-keyword', '2 error placeholder', '3 error placeholder'],
  ],
  ['a quote that is not closed', instance('  interface "eth0" "x'), ['7 error unterminated-quote']],
  ['a second instance of the same name', `${after}${instance('  priority 9')}`, ['9 error given-twice']],
  [
    'a keyword that counts once',
    instance('  notify_master "/a"\n  notify_master "/b"'),
    ['8 error given-twice'],
  ],
])('%s is one mistake, and what follows is read', (_, text, expected) => {
  expect(complaints(parse(text))).toEqual(expected);
  expect(afterRuns(text)).toBe(true);
});

test.each([
  ['of a list', instance('  track_interface {\n    eth1\n  priority 50'), 7],
  [
    'of a list, found by the next block',
    instance('  authentication {\n    auth_type PASS\n    auth_pass 1\n  unicast_peer {\n    10.0.0.3\n  }'),
    7,
  ],
  [
    'of an instance, found by the next one',
    `vrrp_instance VI_0 {\n interface eth0\n virtual_router_id 9\n virtual_ipaddress {\n 10.0.0.9/24\n }\n${after}`,
    1,
  ],
  ['of the last instance', after.trimEnd().slice(0, -1), 1],
  [
    'of a list at the end',
    `global_defs {\n}\nvrrp_instance VI_1 {\n  interface eth0\n  virtual_router_id 51\n  virtual_ipaddress {\n    10.0.0.100/24\n}\n`,
    6,
  ],
])('a forgotten closing brace %s is reported where it is missing', (_, text, line) => {
  expect(complaints(parse(text))).toEqual([`${line} error missing-closing-brace`]);
  expect(afterRuns(text)).toBe(true);
  expect(parse(text).diagnostics.some(({ reload }) => reload === 'refuse')).toBe(true);
});

test('words that were to stand between braces are taken as if they did', () => {
  const lines =
    'unicast_src_ip 10.0.0.2\nunicast_peer 10.0.0.3\ntrack_interface eth1 weight 5\nauthentication\nauth_type PASS\nauth_pass 1111';
  const [router] = parse(instance(lines)).config.vrrpInstances;
  expect(router?.unicastPeers.map(({ address }) => address)).toEqual(['10.0.0.3']);
  expect(router?.trackInterfaces).toEqual([{ name: 'eth1', weight: 5, reverse: false }]);
  expect(router?.authentication).toEqual({ type: 'pass', password: '1111' });
  expect(router?.virtualAddresses).toHaveLength(1);
});

test('a list that the brace of its block has closed is found by its indentation, also before another block', () => {
  const text = `vrrp_instance VI_0 {\n  interface eth0\n  virtual_router_id 9\n  virtual_ipaddress {\n    10.0.0.9/24\n}\n${after}`;
  expect(complaints(parse(text))).toEqual(['4 error missing-closing-brace']);
  expect(parse(text).diagnostics[0]?.message).toContain(
    'virtual_ipaddress in vrrp_instance VI_0 is not closed',
  );
});

test('once the forgotten brace is found, a keyword further down is only misplaced', () => {
  const text = `${instance('  track_interface {\n    eth1\n  priority 50')}virtual_server 10.0.0.1 80 {\n lb_algo rr\n lb_kind NAT\n protocol TCP\n real_server 10.0.0.2 80 {\n lb_algo rr\n TCP_CHECK {\n }\n }\n}\n`;
  expect(complaints(parse(text))).toEqual(['7 error missing-closing-brace', '16 error unknown-keyword']);
});

test('a block without its name is one mistake', () => {
  expect(complaints(parse(`vrrp_instance {\n interface eth0\n}\n${after}`))).toEqual([
    '1 error missing-argument',
  ]);
  expect(afterRuns(`vrrp_instance {\n interface eth0\n}\n${after}`)).toBe(true);
});

test('a closing brace that comes too early is one mistake', () => {
  const text =
    'vrrp_instance VI_1 {\n  interface eth0\n  virtual_router_id 51\n  virtual_ipaddress {\n    10.0.0.100/24\n  }\n}\n  priority 50\n  track_interface {\n    eth1\n  }\n}\n';
  expect(complaints(parse(text))).toEqual(['8 error early-closing-brace']);
});

test.each([
  [
    'everything on one line',
    'vrrp_instance VI_1 { interface eth0',
    ' virtual_router_id 51',
    ' virtual_ipaddress { 10.0.0.100/24 } }',
  ],
  [
    'braces on lines of their own',
    'vrrp_instance VI_1',
    '{',
    'interface eth0',
    'virtual_router_id 51',
    'virtual_ipaddress',
    '{',
    '10.0.0.100/24',
    '}',
    '}',
  ],
  [
    'words after a closing brace',
    'vrrp_instance VI_1 {',
    'interface eth0',
    'virtual_ipaddress {',
    '10.0.0.100/24 } virtual_router_id 51',
    '}',
  ],
  [
    'quoted braces and names',
    'vrrp_instance "VI_1" {',
    'interface "eth0"',
    'virtual_router_id 51',
    'virtual_ipaddress {',
    '10.0.0.100/24',
    '}',
    'notify "/bin/x {}"',
    '}',
  ],
])('%s is fine', (_, ...lines) => {
  const result = parse(lines.join('\n'));
  expect(complaints(result)).toEqual([]);
  expect(result.config.vrrpInstances).toMatchObject([
    { name: 'VI_1', interface: 'eth0', virtualRouterId: 51 },
  ]);
});

test.each([
  ['vrrp_scripit x {\n}\n', 'did you mean vrrp_script?'],
  [instance('inteface eth1'), 'did you mean interface?'],
  [instance('interfaces eth1'), 'did you mean interface? interfaces is legal in garp_group, not here'],
  [instance('auth_pass 1'), 'auth_pass is legal in authentication, not here'],
  [instance('xyzzy 1'), 'remove the line, or check the spelling'],
  [instance('vrrp_instance X {\n}'), 'vrrp_instance is legal at the outermost level, not here'],
  [instance('weight 1'), 'weight is legal in vrrp_script, virtual_server, real_server, FILE_CHECK, not here'],
  [instance('priority = 150'), 'remove the =: the value stands behind a blank'],
  [instance('priority 150;'), 'write 150, without the ;'],
  [instance('priority high'), 'write a whole number from 1 to 255, and nothing directly behind it'],
  [
    instance('virtual_ipaddress_excluded {\n10.0.0.7 eth0\n}'),
    'an interface is written behind dev: dev eth0',
  ],
  [instance('virtual_ipaddress_excluded {\n10.0.0.7 lable eth0:1\n}'), 'did you mean label?'],
  [instance('virtual_ipaddress_excluded {\n10.0.0.7 10.0.0.8\n}'), 'put each address on a line of its own'],
  [instance('// once'), 'a comment begins with # or !'],
  [instance('priority: 150'), 'write priority, without the :'],
  [instance('priority:150'), 'between priority and its value stands a blank: write priority 150'],
  [instance('priority=150'), 'between priority and its value stands a blank: write priority 150'],
  [instance('xyzzy\u30001'), 'replace it with an ordinary blank'],
  [instance('unicast_src_ip 10.0.0.2:80'), 'a port stands behind a blank: write 10.0.0.2 80'],
  [instance('unicast_src_ip 10.0.0.2/24'), 'write 10.0.0.2, without the prefix length'],
  [instance('unicast_src_ip 10.0.0.256/24'), 'an IPv4 address has four numbers from 0 to 255'],
  ['virtual_server 10.0.0.1:80 {\n}\n', 'a port stands behind a blank: write 10.0.0.1 80'],
  ['virtual_server [2001:db8::1]:80 {\n}\n', 'a port stands behind a blank: write 2001:db8::1 80'],
  [
    'virtual_server 10.0.0.1 http {\n}\n',
    'write a number from 1 to 65535; names of services are not looked up',
  ],
  [
    'virtual_server 10.0.0.1 80 {\n lb_algo blc\n lb_kind NAT\n protocol TCP\n real_server 10.0.0.2 {\n }\n}\n',
    'did you mean lblc?',
  ],
])('the remedy of %j is %j', (text, remedy) => {
  expect(parse(text).diagnostics.find(({ severity }) => severity === 'error')?.remedy).toBe(remedy);
});

test('a diagnostic names file, line, column and the word', () => {
  const [diagnostic] = parse('# a\n  global_defs {\n\tvrrp_version 7\n}\n').diagnostics;
  expect(diagnostic).toMatchObject({
    file: '/etc/keepalived/keepalived.conf',
    line: 3,
    column: 15,
    length: 1,
    source: '\tvrrp_version 7',
    message: 'vrrp_version 7 is outside 2 to 3',
    used: 'the line is ignored; default: 2',
    remedy: 'write a value from 2 to 3',
    keepalived: 'reported',
    fatal: false,
  });
});

test('a keyword that does nothing yet is named once', () => {
  const result = parse(
    `vrrp_sync_group G {\n group {\n VI_1\n VI_2\n }\n}\n${instance('use_vmac')}${instance('use_vmac\nmcast_dst_ip 224.0.0.19', 'VI_2')}`,
  );
  expect(result.notInEffect.map(({ block, keyword }) => `${block} ${keyword}`)).toEqual([
    ' vrrp_sync_group',
    'vrrp_instance use_vmac',
  ]);
  expect(complaints(result)).toEqual([]);
});
