import { type Config, memoryFiles, parseConfig, planLines } from '@holdfast/config';
import { expect, test } from 'vitest';
import { reloadPlan } from '../../src/plan/index.ts';

const read = (text: string): Config =>
  parseConfig({ path: '/k.conf', configId: 'r1', files: memoryFiles({ '/k.conf': text }) }).config;
const router = (lines = '', name = 'V', vips = '10.0.0.9/24', vrid = 51): string =>
  `vrrp_instance ${name} {\ninterface eth0\nvirtual_router_id ${vrid}\n${lines}\nvirtual_ipaddress {\n${vips}\n}\n}\n`;
const check = 'TCP_CHECK {\nconnect_timeout 2\n}';
const real = (last: number, lines = ''): string => `real_server 10.0.1.${last} 80 {\n${lines}\n${check}\n}\n`;
const pool = (servers: string): string =>
  `virtual_server 10.0.0.9 80 {\nlb_algo rr\nlb_kind NAT\nprotocol TCP\n${servers}}\n`;
const password = (word: string): string => router(`authentication {\nauth_type PASS\nauth_pass ${word}\n}`);
const script = 'vrrp_script chk {\nscript /bin/true\n}\n';
const where = 'virtual_server [10.0.0.9]:tcp:80';

const told = (before: string, after: string, most = 100): readonly string[] =>
  planLines(reloadPlan(read(before), read(after)), most);

test.each([
  ['nothing', router(), router(), []],
  ['a value', router(), router('preempt_delay 5'), ['vrrp_instance V: preempt_delay 0 s -> 5 s']],
  [
    'a value that may move a master',
    router(),
    router('priority 50'),
    [
      'vrrp_instance V: priority 100 -> 50; as MASTER it may lose to a BACKUP of higher priority that preempts',
    ],
  ],
  [
    'an address for another one',
    router(),
    router('', 'V', '10.0.0.8/24'),
    [
      'vrrp_instance V: virtual_ipaddress 10.0.0.9/24 dev eth0 is gone',
      'vrrp_instance V: virtual_ipaddress 10.0.0.8/24 dev eth0 is new',
    ],
  ],
  ['a password, which is not shown', password('abc'), password('xyz'), [/\(secret\) \(another one\)/]],
  ['a name', router(), router('', 'W'), ['vrrp_instance W (was V)']],
  [
    'another virtual router',
    router(),
    router('', 'V', '10.0.0.9/24', 52),
    [/^vrrp_instance V is another one: /],
  ],
  [
    'an instance more',
    router(),
    router() + router('', 'W', '10.0.0.7/24', 52),
    [/^vrrp_instance W is new \(1 virtual_ipaddress\); /],
  ],
  [
    'a script less',
    script + router('track_script {\nchk\n}'),
    router(),
    ['vrrp_script chk is gone', /^vrrp_instance V: track_script/],
  ],
  ['a pool more', router(), router() + pool(real(1) + real(2)), [`${where} is new (2 real_server)`]],
  ['a pool less', router() + pool(real(1)), router(), [`${where} is gone`]],
  [
    'a server that goes, one that comes and one that changes',
    pool(real(1) + real(2)),
    pool(real(2, 'weight 5') + real(3)),
    [
      `${where}: real_server [10.0.1.1]:tcp:80 is gone`,
      `${where}: real_server [10.0.1.2]:tcp:80: weight 1 -> 5`,
      `${where}: real_server [10.0.1.3]:tcp:80 is new (1 checker)`,
    ],
  ],
  [
    'a checker',
    pool(real(1)),
    pool(real(1).replace('connect_timeout 2', 'connect_timeout 3')),
    [`${where}: real_server [10.0.1.1]:tcp:80: checker TCP_CHECK [10.0.1.1]:80: connect_timeout 2 s -> 3 s`],
  ],
  [
    'what the next start heeds',
    router(),
    `global_defs {\nlvs_flush\n}\n${router()}`,
    [/^global_defs: .*lvs_flush counts from the next start/],
  ],
])('what changed: %s', (_, before, after, expected) => {
  const lines = told(before, after);
  expect(lines).toHaveLength(expected.length);
  for (const [i, line] of expected.entries()) {
    if (typeof line === 'string') expect(lines[i]).toBe(line);
    else expect(lines[i]).toMatch(line);
  }
});

test('what has no room is counted by kind and fate', () => {
  const servers = [1, 2, 3, 4].map((last) => real(last)).join('');
  expect(
    told(pool(servers) + router(), pool(real(4, 'weight 2') + real(5)) + router('priority 50'), 2),
  ).toEqual([
    expect.stringContaining('vrrp_instance V: priority'),
    `${where}: real_server [10.0.1.1]:tcp:80 is gone`,
    'and 4 more: 2 real_server removed, 1 real_server changed, 1 real_server added',
  ]);
});
