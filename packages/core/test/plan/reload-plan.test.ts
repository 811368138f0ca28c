import { type Config, everyPlanned, memoryFiles, type Planned, parseConfig } from '@holdfast/config';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reloadPlan } from '../../src/plan/index.ts';

const read = (text: string): Config =>
  parseConfig({ path: '/k.conf', configId: 'r1', files: memoryFiles({ '/k.conf': text }) }).config;

const script = (interval: number, program = '/bin/true'): string =>
  `vrrp_script chk {\nscript ${program}\ninterval ${interval}\n}\n`;
const router = (lines: string, name = 'VI_1', vips = '10.0.0.9/24', vrid = 51): string =>
  `vrrp_instance ${name} {\ninterface eth0\nvirtual_router_id ${vrid}\n${lines}\nvirtual_ipaddress {\n${vips}\n}\n}\n`;
const server = (last: number, lines = 'TCP_CHECK {\nconnect_timeout 2\n}'): string =>
  `real_server 10.0.1.${last} 80 {\n${lines}\n}\n`;
const pool = (lines: string, servers = server(1)): string =>
  `virtual_server 10.0.0.9 80 {\nlb_algo rr\nlb_kind NAT\nprotocol TCP\n${lines}\n${servers}}\n`;

/** `fate kind name property: before -> after; ...`, of everything that is not kept. */
const told = (before: string, after: string): readonly string[] =>
  everyPlanned(reloadPlan(read(before), read(after)))
    .filter(({ fate }) => fate !== 'kept')
    .map(({ fate, kind, name, changes }) =>
      [
        fate,
        kind,
        name,
        ...changes.map(({ property, before: a, after: b }) => `${property}: ${a ?? '-'} -> ${b ?? '-'}`),
      ]
        .join(' ')
        .trim(),
    );

const base = router('priority 150');
test.each([
  ['the same text', base, base, []],
  ['another priority', base, router('priority 90'), ['changed vrrp_instance VI_1 priority: 150 -> 90']],
  [
    'a time',
    base,
    router('priority 150\nadvert_int 2'),
    ['changed vrrp_instance VI_1 advert_int: 1 s -> 2 s'],
  ],
  [
    'a nested value',
    base,
    router('priority 150\ngarp_master_repeat 3'),
    ['changed vrrp_instance VI_1 garp_master_repeat: 5 -> 3 garp_lower_prio_repeat: 5 -> 3'],
  ],
  [
    'a secret, which is not shown',
    router('authentication {\nauth_type PASS\nauth_pass abc\n}'),
    router('authentication {\nauth_type PASS\nauth_pass xyz\n}'),
    ['changed vrrp_instance VI_1 authentication_password: (secret) -> (secret) (another one)'],
  ],
  [
    'an address for another one',
    base,
    router('priority 150', 'VI_1', '10.0.0.8/24'),
    [
      'changed vrrp_instance VI_1',
      'removed virtual_ipaddress 10.0.0.9/24 dev eth0',
      'added virtual_ipaddress 10.0.0.8/24 dev eth0',
    ],
  ],
  ['another name alone', base, router('priority 150', 'VI_9'), ['changed vrrp_instance VI_9']],
  [
    'another virtual router under the same name',
    base,
    router('priority 150', 'VI_1', '10.0.0.9/24', 52),
    ['replaced vrrp_instance VI_1 virtual_router_id: 51 -> 52'],
  ],
  [
    'a second instance',
    base,
    base + router('', 'VI_2', '10.0.0.7/24', 52),
    ['added vrrp_instance VI_2', 'added virtual_ipaddress 10.0.0.7/24 dev eth0'],
  ],
  [
    'a second instance gone',
    base + router('', 'VI_2', '10.0.0.7/24', 52),
    base,
    ['removed vrrp_instance VI_2'],
  ],
  [
    'a script that runs more often',
    script(2) + router('track_script {\nchk\n}'),
    script(1) + router('track_script {\nchk\n}'),
    ['changed vrrp_script chk interval: 2 s -> 1 s', 'timeout: 2 s -> 1 s'],
  ],
  [
    'another program',
    script(2) + router('track_script {\nchk\n}'),
    script(2, '/bin/false') + router('track_script {\nchk\n}'),
    ['replaced vrrp_script chk script: /bin/true -> /bin/false'],
  ],
  [
    'a real server for another one',
    pool(''),
    pool('', server(2)),
    [
      'changed virtual_server [10.0.0.9]:tcp:80',
      'removed real_server [10.0.1.1]:tcp:80',
      'added real_server [10.0.1.2]:tcp:80',
      'added checker TCP_CHECK [10.0.1.2]:80',
    ],
  ],
  [
    'a checker that looks at another port',
    pool(''),
    pool('', server(1, 'TCP_CHECK {\nconnect_timeout 2\nconnect_port 81\n}')),
    [
      'changed virtual_server [10.0.0.9]:tcp:80',
      'changed real_server [10.0.1.1]:tcp:80',
      'removed checker TCP_CHECK [10.0.1.1]:80',
      'added checker TCP_CHECK [10.0.1.1]:81',
    ],
  ],
  [
    'a checker that is more patient',
    pool(''),
    pool('', server(1, 'TCP_CHECK {\nconnect_timeout 4\n}')),
    [
      'changed virtual_server [10.0.0.9]:tcp:80',
      'changed real_server [10.0.1.1]:tcp:80',
      'changed checker TCP_CHECK [10.0.1.1]:80 connect_timeout: 2 s -> 4 s',
    ],
  ],
])('%s is planned as what it is', (_, before, after, expected) => {
  expect(told(before, after).join(' ')).toBe(expected.join(' '));
});

const transitions = (before: string, after: string): readonly string[] =>
  everyPlanned(reloadPlan(read(before), read(after))).flatMap(({ consequences }) =>
    consequences.filter(({ kind }) => kind === 'transition').map(({ text }) => text),
  );

test.each([
  ['a lower priority', base, router('priority 90'), 'as MASTER it may lose'],
  ['a higher priority', base, router('priority 200'), 'as BACKUP it takes over'],
  ['nopreempt away', router('priority 150\nnopreempt'), base, 'take over from a MASTER of lower'],
  ['another interval in version 2', base, router('priority 150\nadvert_int 2'), 'two may be MASTER'],
  ['the instance away', base + router('', 'VI_2', '10.0.0.7/24', 52), base, 'gives its addresses up'],
  ['a new instance', base, base + router('', 'VI_2', '10.0.0.7/24', 52), 'begins as BACKUP'],
  ['a new owner', base, base + router('priority 255', 'VI_2', '10.0.0.7/24', 52), 'MASTER at once'],
  ['another tracked interface', base, router('priority 150\ntrack_interface {\neth1\n}'), 'counts at once'],
  [
    'a peer away',
    router('priority 150\nunicast_src_ip 10.0.0.1\nunicast_peer {\n10.0.0.2\n10.0.0.3\n}'),
    router('priority 150\nunicast_src_ip 10.0.0.1\nunicast_peer {\n10.0.0.2\n}'),
    '10.0.0.3: hears this router no more',
  ],
])('%s may move a master, and it is said', (_, before, after, expected) => {
  expect(transitions(before, after).join('\n')).toContain(expected);
});

test.each([
  ['an address', base, router('priority 150', 'VI_1', '10.0.0.8/24')],
  ['a higher priority with nopreempt', router('priority 150\nnopreempt'), router('priority 200\nnopreempt')],
  ['another interval in version 3', router('version 3'), router('version 3\nadvert_int 2')],
  ['a longer preempt_delay', base, router('priority 150\npreempt_delay 5')],
])('%s moves no master', (_, before, after) => {
  expect(transitions(before, after)).toEqual([]);
});

const anyText = fc
  .record({
    routers: fc.uniqueArray(
      fc.record({
        vrid: fc.integer({ min: 1, max: 4 }),
        name: fc.constantFrom('A', 'B', 'C', 'D'),
        priority: fc.integer({ min: 1, max: 255 }),
        vips: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
      }),
      { selector: ({ vrid }) => vrid, maxLength: 4 },
    ),
    servers: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
    delay: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ routers, servers, delay }) =>
    [
      ...routers.map(({ vrid, name, priority, vips }) =>
        router(`priority ${priority}`, name, vips.map((last) => `10.0.${vrid}.${last}/24`).join('\n'), vrid),
      ),
      pool(`delay_loop ${delay}`, servers.map((last) => server(last)).join('')),
    ].join(''),
  );

/** What a plan says of the second configuration from what it knows of the first. */
const namesAfter = (plan: readonly Planned[]): readonly string[] =>
  everyPlanned(plan)
    .filter(({ fate, kind }) => fate !== 'removed' && kind !== 'global_defs')
    .map(({ kind, name }) => `${kind} ${name}`)
    .toSorted();

const namesOf = (config: Config): readonly string[] => namesAfter(reloadPlan(read(''), config));

test('from a configuration to itself nothing changes', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const plan = everyPlanned(reloadPlan(read(text), read(text)));
      expect(plan.map(({ fate }) => fate).filter((fate) => fate !== 'kept')).toEqual([]);
      expect(plan.flatMap(({ changes, consequences }) => [...changes, ...consequences])).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('what is there after a plan is what the new file has, object by object', () => {
  fc.assert(
    fc.property(anyText, anyText, (before, after) => {
      expect(namesAfter(reloadPlan(read(before), read(after)))).toEqual(namesOf(read(after)));
    }),
    { numRuns: 60 },
  );
});

test('the way back undoes each value', () => {
  const changes = (a: string, b: string, back: boolean): readonly string[] =>
    everyPlanned(reloadPlan(read(a), read(b)))
      .flatMap(({ kind, name, was, changes: all }) =>
        all.map(({ property, before: x, after: y }) =>
          JSON.stringify([kind, back ? (was ?? name) : name, property, back ? [y, x] : [x, y]]),
        ),
      )
      .toSorted();
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      expect(changes(a, b, false)).toEqual(changes(b, a, true));
    }),
    { numRuns: 60 },
  );
});
