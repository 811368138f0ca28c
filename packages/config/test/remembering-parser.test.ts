// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the language under test
import { type FileSystem, memoryFiles, type ParseOptions } from '@holdfast/config';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWith } from '../src/parse-config.ts';
import { rememberingParser } from '../src/remembering-parser.ts';
import { instance, interfaces } from './parse.ts';

const path = '/etc/keepalived/keepalived.conf';
const options = (text: string, more: Partial<ParseOptions> = {}): ParseOptions => ({
  path,
  configId: 'router1',
  files: memoryFiles({ [path]: text }),
  interfaces,
  ...more,
});

const pool = (n: number, lines = '', server = 'TCP_CHECK {\n }'): string => `virtual_server 10.9.0.${n} 80 {
 protocol TCP
 lb_kind NAT
 lb_algo rr
${lines}
 real_server 10.9.1.${n} 80 {
 ${server}
 }
}
`;

describe('a second reading', () => {
  test('of the same file is the very same result', () => {
    const parser = rememberingParser();
    const first = parser.parse(options(pool(1)));
    expect(parser.parse(options(pool(1)))).toBe(first);
  });

  test('of a file with one virtual server changed has all others as the very same objects', () => {
    const parser = rememberingParser();
    const before = parser.parse(options(pool(1) + pool(2) + pool(3))).config.virtualServers;
    const after = parser.parse(options(pool(1) + pool(2, ' quorum 1\n delay_loop 7') + pool(3)));
    expect(after.config.virtualServers.map((server, i) => server === before[i])).toEqual([true, false, true]);
    expect(after.config.virtualServers[1]?.delayLoop).toBe(7_000_000);
  });

  test.each([
    ['another interface', { interfaces: new Map() }],
    ['another config id', { configId: 'router2' }],
    ['another environment', { environment: { A: '1' } }],
  ] satisfies readonly (readonly [string, Partial<ParseOptions>])[])('with %s is made anew', (_, more) => {
    const parser = rememberingParser();
    const first = parser.parse(options(pool(1)));
    const second = parser.parse(options(pool(1), more));
    expect(second).not.toBe(first);
    expect(second.config.virtualServers[0]).not.toBe(first.config.virtualServers[0]);
  });

  test('of a file with ${_RANDOM} draws again', () => {
    const parser = rememberingParser();
    const text = instance(' priority ${_RANDOM 1 254}');
    const priorities = [1, 2, 3, 4].map(
      (seed) => parser.parse(options(text, { seed })).config.vrrpInstances[0]?.priority,
    );
    expect(new Set(priorities).size).toBeGreaterThan(1);
  });

  test('sees a changed mode, and an included file that comes', () => {
    const parser = rememberingParser();
    const text = `include more/*.conf\n${pool(1)}`;
    const first = parser.parse(options(text));
    const more = `${path.replace('keepalived.conf', '')}more/a.conf`;
    const second = parser.parse(options(text, { files: memoryFiles({ [path]: text, [more]: pool(2) }) }));
    expect([first, second].map(({ config }) => config.virtualServers.length)).toEqual([1, 2]);
    const executable: FileSystem = memoryFiles({ [path]: { content: text, mode: 0o755 } });
    expect(parser.parse(options(text, { files: executable })).files).toEqual([]);
  });
});

const group =
  'virtual_server_group g {\n 10.9.5.1-3 80\n}\nvirtual_server group g {\n protocol UDP\n lb_algo rr\n lb_kind NAT\n real_server 10.9.1.1 80 {\n }\n}\n';

/** Blocks of a file, those first in which nothing is wrong. */
const blocks = [
  pool(1),
  pool(2, '', ''),
  `# moved\n\n\n${pool(3, '', 'weight 7')}`,
  pool(4, ' quorum 2', 'weight 2\n TCP_CHECK { }'),
  'virtual_server 10.9.0.7 80 {\n protocol TCP\n lb_algo rr\n lb_kind NAT\n real_server 10.9.1.7 80 { }\n real_server 10.9.1.8 80 { }\n}\n',
  'global_defs {\n checker_log_all_failures\n}\n',
  '$W=weight 3\nvirtual_server 10.9.0.9 80 {\n lb_kind DR\n lb_algo rr\n protocol TCP\n real_server 10.9.1.1 80 {\n $W\n }\n}\n',
  'virtual_server fwmark 7 {\n lb_algo rr\n lb_kind NAT\n real_server fd00::1 80 {\n }\n}\n',
  instance(),
  group,
  pool(5).replace('10.9.0.5 80 {', '10.9.0.5 80\n{'),
  pool(6).replaceAll('\n', ' '),
  pool(8).replace(/\}\n$/, '} vrrp_script x { script /bin/true }\n'),
  pool(9, ' # a comment\n'),
  // From here on with mistakes, or together with others.
  pool(1, ' delay_loop 9'),
  pool(2),
  pool(3, ' ha_suspend\n service_type x'),
  pool(3, ' nonsense 7'),
  pool(3, ' quorum "7'),
  pool(4, '', 'TCP_CHECK {\n bind_if eth9\n }'),
  pool(5).replace('{', '{ }'),
  pool(5).replace(/\}\n$/, ''),
  'virtual_server 10.9.0.7 80 { protocol TCP lb_algo rr lb_kind NAT real_server 10.9.1.7 80 { } real_server 10.9.1.8 80 { } }\n',
  '~SEQ(i, 3) virtual_server 10.9.7.$i 80 { protocol TCP lb_algo rr lb_kind NAT real_server 10.9.1.1 80 { } }\n',
];
const flawless = 14;

test('whatever was read before, a reading is as the first one would be', () => {
  const text = fc.oneof(
    { weight: 4, arbitrary: fc.shuffledSubarray(blocks.slice(0, flawless), { maxLength: 6 }) },
    { weight: 1, arbitrary: fc.shuffledSubarray(blocks, { maxLength: 6 }) },
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), fc.array(fc.boolean()), (texts, idle) => {
      const parser = rememberingParser();
      for (const [i, written] of texts.entries()) {
        const asked = options(written.join(''));
        expect(parser.parse(asked)).toEqual(parseWith(asked, 'tree').result);
        if (idle[i] === true) parser.remember();
      }
    }),
    { numRuns: 150 },
  );
});

test('most flawless files are read by their changes alone', () => {
  const parser = rememberingParser();
  const texts = [
    pool(1) + pool(2, '', '') + pool(3),
    `# a comment\n${pool(1)}${pool(2, '', '')}${pool(4)}`,
    pool(2, '', '') + pool(1),
  ];
  const [first, second, third] = texts.map((text) => parser.parse(options(text)).config.virtualServers);
  expect(second?.slice(0, 2)).toEqual(first?.slice(0, 2));
  expect(second?.map((server) => first?.includes(server))).toEqual([true, true, false]);
  expect(third?.map((server) => first?.includes(server))).toEqual([true, true]);
});
