// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the language under test
import { memoryFiles, type ParseOptions, parseConfig } from '@holdfast/config';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWith } from '../../src/parse-config.ts';

const options = (text: string): ParseOptions => ({
  path: '/a.conf',
  configId: 'r1',
  files: memoryFiles({ '/a.conf': text, '/weight.conf': 'weight 9\n', '/none.conf': '# nothing\n' }),
});

const server = (header: string, body = '  TCP_CHECK {\n    connect_timeout 3\n  }\n'): string =>
  ` real_server ${header} {\n${body} }\n`;

const pool = (header: string, servers: string, own = ' lb_algo rr\n lb_kind NAT\n protocol TCP\n'): string =>
  `virtual_server ${header} {\n${own}${servers}}\n`;

const first = pool('10.0.0.1 80', server('10.0.1.1 80') + server('10.0.1.2 80'));

/** Whether two virtual servers have been built from one reading of their keywords. */
function areReadOnce(text: string): boolean {
  const [one, two] = parseConfig(options(text)).config.virtualServers;
  return one !== undefined && one.schedulerFlags === two?.schedulerFlags;
}

const likeFirst: readonly (readonly [string, string])[] = [
  ['other addresses', pool('10.0.0.2 80', server('10.0.1.3 80') + server('10.0.1.4 80'))],
  ['more real servers', first.replace('0.1 80', '0.2 80').replace(/\}\n$/, `${server('10.0.1.3 80')}}\n`)],
  ['other ports of real servers', pool('10.0.0.2 80', server('10.0.1.3 81') + server('10.0.1.4 8080'))],
  ['other blanks before the braces', pool('10.0.0.2\t80  ', server(' 10.0.1.1 80\t'))],
  ['an address as before', first],
];

const unlikeFirst: readonly (readonly [string, string])[] = [
  ['another port', pool('10.0.0.2 81', server('10.0.1.3 80'))],
  ['no port', pool('10.0.0.2', server('10.0.1.3 80'))],
  ['another family', pool('fd00::1 80', server('fd00::2 80'))],
  ['a real server without a port', pool('10.0.0.2 80', server('10.0.1.3'))],
  ['a real server twice', pool('10.0.0.2 80', server('10.0.1.3 80') + server('10.0.1.3 80'))],
  ['a real server of another family', pool('10.0.0.2 80', server('10.0.1.3 80') + server('fd00::3 80'))],
  ['another real server', pool('10.0.0.2 80', server('10.0.1.3 80', '  weight 2\n  TCP_CHECK {\n  }\n'))],
  ['a real server without a checker', pool('10.0.0.2 80', server('10.0.1.3 80', ''))],
  [
    'one keyword more',
    pool('10.0.0.2 80', server('10.0.1.3 80'), ' lb_algo rr\n lb_kind NAT\n protocol TCP\n ops\n'),
  ],
  ['another method', pool('10.0.0.2 80', server('10.0.1.3 81'), ' lb_algo rr\n lb_kind DR\n protocol TCP\n')],
  ['a condition', first.replace('0.1 80', '0.2 80').replace(' protocol', '@r1 protocol')],
  ['a parameter', `$P=80\n${first.replace('10.0.0.1 80', '10.0.0.2 $P')}`],
  ['a brace in a line of its own', first.replace('0.1 80 {', '0.2 80\n{')],
];

const lines = ' lb_algo rr\n lb_kind NAT\n protocol TCP\n';
const likeNone: readonly (readonly [string, string, string])[] = [
  [
    'a keyword that does nothing yet',
    pool('10.0.0.1 80', server('10.0.1.1 80'), `${lines} snmp_name x\n`),
    pool('10.0.0.2 80', server('10.0.1.2 80'), `${lines} snmp_name x\n`),
  ],
  [
    'a real server without a checker',
    pool('10.0.0.1 80', server('10.0.1.1 80', '')),
    pool('10.0.0.2 80', server('10.0.1.2 80', '')),
  ],
  [
    'the words of two lines in one',
    pool('10.0.0.1 80', `${server('10.0.1.1 80')}alpha\n`, `${lines} weight 1\n`),
    pool('10.0.0.2 80', server('10.0.1.2 80'), `${lines} weight 1alpha\n`),
  ],
];

describe('a virtual server behind another one', () => {
  test.each(likeFirst)('with %s is built by what was read of that one', (_, text) => {
    expect(areReadOnce(first + text)).toBe(true);
  });

  test.each(unlikeFirst)('with %s is read by itself', (_, text) => {
    expect(areReadOnce(first + text)).toBe(false);
  });

  test.each(likeNone)('with %s is read by itself, as that one was', (_, one, two) => {
    expect(areReadOnce(one + two)).toBe(false);
    const asked = options(one + two);
    expect(parseConfig(asked)).toEqual(parseWith(asked, 'tree').result);
  });

  test.each([...likeFirst, ...unlikeFirst])(
    'with %s becomes what it is in a file that is read as a whole',
    (_, text) => {
      const asked = options(first + text + first.replace('0.1 80', '0.9 80'));
      expect(parseConfig(asked)).toEqual(parseWith(asked, 'tree').result);
    },
  );
});

test('of two kinds in turn each is read once', () => {
  const texts = Array.from({ length: 6 }, (_, i) =>
    pool(`10.0.0.${i + 1} ${80 + (i % 2)}`, server('10.0.1.1 80')),
  );
  const flags = parseConfig(options(texts.join(''))).config.virtualServers.map((one) => one.schedulerFlags);
  expect(new Set(flags).size).toBe(2);
  expect(flags.length).toBe(6);
});

/** Real servers in which nothing is wrong. */
const bodies = [
  '  TCP_CHECK {\n    connect_timeout 3\n  }\n',
  '  weight 3\n\n  TCP_CHECK {\n  }\n',
  '  TCP_CHECK {\n   connect_ip 10.0.9.9\n   bindto 10.0.9.8\n  }\n',
  '  HTTP_GET {\n   url {\n    path /\n   }\n  }\n  MISC_CHECK {\n   misc_path /bin/true\n  }\n',
  '  lvs_method TUN\n  TCP_CHECK {\n   connect_port 7\n  }\n',
  '  inhibit_on_failure\n  notify_up "/bin/true up"\n  TCP_CHECK {\n  }\n',
  '',
  '  smtp_alert\n  PING_CHECK {\n  }\n',
  '  FILE_CHECK {\n   track_file f\n  }\n  TCP_CHECK {\n  }\n',
];

const owns = [
  ' lb_algo rr\n lb_kind NAT\n protocol TCP\n',
  ' lb_algo wrr\n lb_kind DR\n protocol TCP\n hysteresis 0\n',
  ' lb_algo rr\n lb_kind NAT\n protocol TCP\n sorry_server 10.0.1.2 80\n sorry_server_inhibit\n',
  ' lb_algo rr\n lb_kind NAT\n protocol TCP\n delay_loop 7\n persistence_timeout 50\n retry 4\n',
  ' lb_algo rr\n lb_kind TUN\n protocol UDP\n ops\n',
];

/** Lines that a virtual server may have where others of its kind have another one. */
const oddities = [
  '',
  ' quorum 900',
  ' weight 2',
  '  weight 5 # a comment',
  '# holdfast: ignore server-without-checker',
  '  weihgt 5',
  ' real_server 10.0.1.1 80 {',
  ' real_server 10.0.1.1 080 {',
  ' real_server 10.0.1.1 +80 {',
  ' real_server 10.0.1.1 http {',
  ' real_server <address> 80 {',
  ' real_server 10.0.1.1 80 7 {',
  ' real_server 10.0.1.1 {',
  ' real_server 10.0.1.1 80 { # a comment',
  ' real_server "10.0.1.1" 80 {',
  ' real_server 10.0.1.1 80 { TCP_CHECK { } }',
  ' real_server FD00::0:1 80 {',
  ' real_server fe80::1 80 {',
  ' real_server 10.0.1.1\u00a080 {',
  ' real_server\v10.0.1.1 80 {',
  'real_server 10.0.1.1 80{',
  ' reel_server 10.0.1.1 80 {',
  'virtual_server 10.0.0.1 80 {',
  'virtual_server 10.0.0.1 81 {',
  'virtual_server 10.0.0.1 {',
  'virtual_server fd00::1 80 {',
  'virtual_server fwmark 7 {',
  'virtual_server group g {',
  '@r1 quorum 2',
  '@r2 quorum 2',
  '@^r1 }',
  '$W=weight 7',
  '$W=weight \\',
  '$W',
  'include /weight.conf',
  'include /none.conf',
  '{',
  '}',
  ' quorum "7',
];

const address = fc.constantFrom(
  '10.0.1.1',
  '10.0.1.2',
  '10.0.1.3',
  '10.0.1.4',
  '10.0.1.5',
  'fd00::1',
  'fd00::2',
);
const realServers = (body: fc.Arbitrary<string>) =>
  fc.uniqueArray(
    fc.tuple(
      fc.oneof({ weight: 60, arbitrary: address.filter((one) => !one.includes(':')) }, address),
      fc.oneof({ weight: 20, arbitrary: fc.constant('80') }, fc.constant('81')),
      body,
    ),
    { minLength: 1, maxLength: 4, selector: ([host, port]) => `${host} ${port}` },
  );

/** A few kinds of virtual servers, and many of each. */
const file = fc
  .record({
    kinds: fc.array(fc.record({ own: fc.constantFrom(...owns), body: fc.constantFrom(...bodies) }), {
      minLength: 1,
      maxLength: 2,
    }),
    pools: fc.array(
      fc.record({
        kind: fc.nat({ max: 1 }),
        header: fc.constantFrom(
          '10.0.0.1 80',
          '10.0.0.2 80',
          '10.0.0.3 80',
          '10.0.0.4 80',
          '10.0.0.4 81',
          'fd00::9 80',
        ),
        servers: realServers(fc.option(fc.constantFrom(...bodies), { nil: '', freq: 20 })),
        mixed: fc.nat({ max: 9 }),
      }),
      { minLength: 2, maxLength: 8 },
    ),
    tracked: fc.boolean(),
  })
  .map(({ kinds, pools, tracked }) => {
    const texts = pools.map(({ kind, header, servers, mixed }) => {
      const { own = '', body = '' } = kinds[kind % kinds.length] ?? {};
      const inner = servers.map(([host, port, other]) =>
        server(`${host} ${port}`, mixed === 0 ? other : body),
      );
      return pool(header, inner.join(''), own);
    });
    return `${tracked ? 'track_file f {\n file /f\n}\n' : ''}${texts.join('')}`;
  });

/** The text with some lines replaced, left out or added. */
const mutated = fc
  .tuple(
    file,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 1 }), fc.constantFrom(...oddities)), {
      maxLength: 2,
      size: 'xsmall',
    }),
    fc.constantFrom('\n', '\n', '\r\n'),
  )
  .map(([text, changes, lineEnd]) => {
    const lines = text.split('\n');
    for (const [at, replaced, oddity] of changes) lines.splice(at % lines.length, replaced, oddity);
    return lines.join(lineEnd);
  });

test('virtual servers that are written alike are what they are in a file that is read as a whole', () => {
  let readOnce = 0;
  fc.assert(
    fc.property(mutated, (text) => {
      const asked = options(text);
      const result = parseConfig(asked);
      expect(result).toEqual(parseWith(asked, 'tree').result);
      const { virtualServers } = result.config;
      readOnce += virtualServers.length - new Set(virtualServers.map((one) => one.schedulerFlags)).size;
    }),
    { numRuns: 1000 },
  );
  // Else nothing would have been shown.
  expect(readOnce).toBeGreaterThan(100);
});
