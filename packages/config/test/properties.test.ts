// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the language under test
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDiagnostic } from '../src/diagnostics/format.ts';
import { exitCodeOf } from '../src/diagnostics/verdict.ts';
import { rootRows } from '../src/keywords/root.ts';
import type { Rows } from '../src/keywords/row.ts';
import { instance, parse } from './parse.ts';

const allKeywords = (rows: Rows): readonly string[] =>
  Object.entries(rows).flatMap(([name, { block }]) =>
    block?.kind === 'keywords' ? [name, ...allKeywords(block.rows)] : [name],
  );

const word = fc.oneof(
  fc.constantFrom(...allKeywords(rootRows)),
  fc.constantFrom(
    '{',
    '}',
    '"',
    "'",
    '\\',
    '#',
    '!',
    '$A',
    '${A}',
    '$A=1',
    '@x',
    '@holdfast',
    '~SEQ(a, 3)',
    'include',
    '<x>',
    '\n',
    '\t',
  ),
  fc.constantFrom('10.0.0.1/24', '0', '1', '-1', '1.5', 'weight', 'eth0', 'MASTER', 'on'),
  fc.string({ maxLength: 6 }),
);

/** Something like a configuration, and something not at all like one. */
const text = fc.oneof(
  fc.array(word, { maxLength: 60 }).map((words) => words.join(' ').replaceAll(' \n ', '\n')),
  fc
    .array(
      fc.array(word, { maxLength: 5 }).map((words) => words.join(' ')),
      { maxLength: 30 },
    )
    .map((lines) => lines.join('\n')),
  fc.uint8Array({ maxLength: 300 }),
);

test('no file makes it throw, and every diagnostic has a place within the file', () => {
  fc.assert(
    fc.property(text, (content) => {
      const { diagnostics } = parse(content);
      for (const diagnostic of diagnostics) {
        const { line, column, source } = diagnostic;
        expect(line).toBeGreaterThanOrEqual(0);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual(source.length + 1);
        expect(formatDiagnostic(diagnostic)).not.toBe('');
      }
      expect([0, 2, 4, 5, 6]).toContain(exitCodeOf(diagnostics));
    }),
    { numRuns: 400 },
  );
});

test('the same text gives the same result', () => {
  fc.assert(
    fc.property(text, (content) => {
      expect(parse(content)).toEqual(parse(content));
    }),
    { numRuns: 50 },
  );
});

test('comments, blank lines and line ends change nothing of the configuration', () => {
  const plain = instance('priority 120\ntrack_interface {\neth1 weight -5\n}');
  const lines = plain.split('\n');
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('', '# x', '   ! {', '\t'), { minLength: 1, maxLength: 9 }),
      fc.boolean(),
      (noise, crlf) => {
        const noisy = lines
          .flatMap((line, index) => [line, noise[index % noise.length] ?? ''])
          .join(crlf ? '\r\n' : '\n');
        expect(parse(noisy).config).toEqual(parse(plain).config);
      },
    ),
    { numRuns: 60 },
  );
});

test('one line too many in an instance is at most one error', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z_]{3,12}( [a-z0-9]{1,5}){0,2}$/), (line) => {
      const { diagnostics, config } = parse(instance(`  ${line}`));
      expect(diagnostics.filter(({ severity }) => severity === 'error').length).toBeLessThanOrEqual(1);
      expect(config.vrrpInstances.length + diagnostics.filter(({ fatal }) => fatal).length).toBeGreaterThan(
        0,
      );
    }),
    { numRuns: 200 },
  );
});

/** Milliseconds of the processor that `work` takes: what else runs on the machine does not count. */
function cost(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test.each([
  [
    'good lines',
    (n: number) =>
      Array.from({ length: n / 10 }, (_, i) =>
        instance('priority 100', `V${i}`).replace('eth0', `e${i}`),
      ).join(''),
  ],
  ['unknown keywords', (n: number) => 'foo bar\n'.repeat(n)],
  ['opening braces', (n: number) => 'vrrp_instance {\n'.repeat(n)],
  ['closing braces', (n: number) => '}\n'.repeat(n)],
  [
    'addresses in one list',
    (n: number) =>
      instance(
        `virtual_ipaddress_excluded {\n${Array.from({ length: n }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`).join('\n')}\n}`,
      ),
  ],
  [
    'parameters',
    (n: number) => Array.from({ length: n / 2 }, (_, i) => `$P${i}=${i}\nfoo $P${i}`).join('\n'),
  ],
])('the cost of %s grows with their number, not with its square', (_, make) => {
  const options = { interfaces: undefined };
  const [small, large] = [make(5_000), make(40_000)];
  parse(small, options);
  const [one, eight] = [cost(() => parse(small, options)), cost(() => parse(large, options))];
  // Eight times as much may take 24 times as long for caches and collection; a square would take 64 times.
  expect(eight).toBeLessThan(Math.max(400, 24 * one));
});
