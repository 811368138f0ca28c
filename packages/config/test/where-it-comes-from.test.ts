// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the language under test
import { formatDiagnostic, parseConfig } from '@holdfast/config';
import { expect, test } from 'vitest';
import { memoryFiles } from '../src/files/memory-files.ts';
import { instance, parse } from './parse.ts';

const shown = (text: string, others: Readonly<Record<string, string>> = {}): readonly string[] =>
  parse(text, {}, others).diagnostics.flatMap((diagnostic) => formatDiagnostic(diagnostic).split('\n'));

test('a diagnostic of an included file has the chain of includes', () => {
  const lines = shown('include a.conf\n', {
    '/etc/keepalived/a.conf': '\ninclude b.conf\n',
    '/etc/keepalived/b.conf': instance('foo 1'),
  });
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^\/etc\/keepalived\/b\.conf:7:1: error: unknown keyword foo/),
      '  included from /etc/keepalived/a.conf:2',
      '  included from /etc/keepalived/keepalived.conf:1',
    ]),
  );
});

test('a diagnostic of the main file has none', () => {
  const text = instance('foo 1');
  expect(shown(`include a.conf\n${text}`, { '/etc/keepalived/a.conf': '' }).join()).not.toContain(
    'included from',
  );
});

test.each([
  ['$P=300', 'priority $P', 'priority 300'],
  ['$P=300', '  priority ${P}', 'priority 300'],
  ['$L=priority 300', '$L', 'priority 300'],
])('with %j the line %j is shown as %j, too', (definition, line, expected) => {
  const lines = shown(`${definition}\n${instance(line)}`);
  expect(lines).toContain(`  8 | ${line}`);
  expect(lines).toContain(`  read as: ${expected}`);
});

test('each round of a sequence is shown as what it was read as', () => {
  const lines = shown(`global_defs {\n~SEQ(n, 1, 2) foo_$n 1\n}\n`);
  expect(lines.filter((line) => line.startsWith('  read as'))).toEqual([
    '  read as: foo_1 1',
    '  read as: foo_2 1',
  ]);
});

test('a line without parameters is shown once', () => {
  expect(shown(instance('foo 1')).join()).not.toContain('read as');
});

test('files that include each other have chains that end', () => {
  const files = memoryFiles({ '/a.conf': 'include b.conf\nfoo\n', '/b.conf': 'include a.conf\nbar\n' });
  const { diagnostics } = parseConfig({ path: '/*.conf', configId: 'r', files });
  expect(diagnostics.length).toBeGreaterThan(2);
  for (const { includedFrom = [] } of diagnostics) expect(includedFrom.length).toBeLessThan(3);
});
