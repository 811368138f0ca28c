import {
  type Diagnostic,
  exitCodeOf,
  lintCatalogue,
  type MemoryFile,
  type ParseOptions,
  silencedCodes,
} from '@holdfast/config';
import { describe, expect, test } from 'vitest';
import { onlyRoot, parse } from './parse.ts';

const path = '/etc/keepalived/keepalived.conf';

/** A shell that complains about scripts in which an `if` is not closed properly. */
const shellCheck = { check: () => ({ line: 3, message: 'syntax error near fi' }) };
const isContent = (file: MemoryFile): file is string => typeof file === 'string';

describe.each(lintCatalogue)('$code', ({ code, severity, example, files = {}, isAboutMachine = false }) => {
  const options: Partial<ParseOptions> = {
    thorough: true,
    accounts: isAboutMachine ? onlyRoot : undefined,
    ...(code === 'script-syntax' ? { shellCheck } : {}),
  };
  const read = (text: string, others = files): readonly Diagnostic[] =>
    parse(text, options, others).diagnostics;

  test('is what its example gives rise to, and nothing that keepalived would report', () => {
    const found = read(example);
    expect(found.filter((one) => one.code === code).map((one) => one.severity)).toEqual([severity]);
    expect(exitCodeOf(found)).toBe(0);
  });

  test('is silenced by a comment on its line, and nothing else is', () => {
    const found = read(example);
    const place = found.find((one) => one.code === code);
    const asked = withComment(place, `# holdfast: ignore ${code}`);
    expect(asked.map((one) => one.code)).toEqual(found.map((one) => one.code).filter((one) => one !== code));
    expect(withComment(place, '# holdfast: ignore something-else').length).toBe(found.length);
  });

  const withComment = (place: Diagnostic | undefined, comment: string): readonly Diagnostic[] => {
    const add = (text: string): string =>
      text
        .split('\n')
        .map((line, index) => (index + 1 === place?.line ? `${line} ${comment}` : line))
        .join('\n');
    if (place?.file === path) return read(add(example));
    const others = Object.entries(files).map(([name, file]) => [name, isContent(file) ? add(file) : file]);
    return read(example, Object.fromEntries(others));
  };
});

test('what keepalived reports is told in spite of a comment', () => {
  const text = 'vrrp_instance V {\n  priority 300 # holdfast: ignore out-of-range\n}\n';
  expect(parse(text).diagnostics.map(({ code }) => code)).toContain('out-of-range');
});

test.each([
  ['# holdfast: ignore a-b', ['a-b']],
  ['x ! holdfast: ignore a-b, c', ['a-b', 'c']],
  ['x #holdfast:ignore a b', ['a', 'b']],
  ['holdfast: ignore a', []],
  ['# holdfast: ignore', []],
  ['# holdfast: ignore a and more. Really', []],
])('the line %j silences %j', (line, expected) => {
  expect(silencedCodes(line)).toEqual(expected);
});

test('no two lints share a code', () => {
  expect(new Set(lintCatalogue.map(({ code }) => code)).size).toBe(lintCatalogue.length);
});
