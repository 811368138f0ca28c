import { memoryFiles, parseConfig } from '@holdfast/config';
import { expect, test } from 'vitest';
import { type CheckFormat, formatChecks } from '../src/check/format.ts';
import { checkReport } from '../src/check.ts';
import { plain } from '../src/paint.ts';

const checked = (path: string, text: string) => ({
  path,
  result: parseConfig({ path, configId: 'r', files: memoryFiles({ [path]: text }), thorough: true }),
});
const wrong = checked('/a,b.conf', 'global_defs {\n  router_idd 100%\n}\n');
const noted = checked(
  '/k.conf',
  'vrrp_instance V {\n  interface eth0\n  virtual_router_id 5\n  virtual_ipaddress {\n    10.0.0.9\n  }\n}\n',
);
const report = (format: CheckFormat, files = [noted, wrong]) =>
  formatChecks(format, files, checkReport, plain);

test.each(['text', 'json', 'github'] as const)('the status of %s is that of the worst file', (format) => {
  expect([report(format).status, report(format, [noted]).status]).toEqual([2, 0]);
});

test('JSON has every diagnostic with its place, its end and its page', () => {
  const document: unknown = JSON.parse(report('json').text);
  expect(document).toMatchObject({
    version: 1,
    status: 2,
    files: [
      {
        path: '/k.conf',
        status: 0,
        diagnostics: [
          {
            code: 'address-without-prefix',
            severity: 'note',
            line: 5,
            column: 5,
            endColumn: 13,
            documentation: 'docs/diagnostics.md#address-without-prefix',
          },
        ],
      },
      {
        path: '/a,b.conf',
        status: 2,
        diagnostics: [{ code: 'unknown-keyword', line: 2, column: 3, endColumn: 13, keepalived: 'reported' }],
      },
    ],
  });
});

test('annotations for GitHub are one line each, and nothing in them ends a part early', () => {
  const [note, error, ...more] = report('github').text.split('\n');
  expect(more).toEqual([]);
  expect(note).toMatch(
    /^::notice file=\/k\.conf,line=5,col=5,endColumn=13,title=address-without-prefix::10\.0\.0\.9 is taken as \/32%0Aremedy: /,
  );
  expect(error).toMatch(
    /^::error file=\/a%2Cb\.conf,line=2,col=3,endColumn=13,title=unknown-keyword::unknown keyword router_idd/,
  );
});

test('a file without complaints gives no annotation', () => {
  expect(report('github', [checked('/k.conf', 'global_defs {\n}\n')]).text).toBe('');
});
