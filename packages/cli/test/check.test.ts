import { readFileSync } from 'node:fs';
import { memoryFiles, parseConfig } from '@holdfast/config';
import { expect, test } from 'vitest';
import { checkReport } from '../src/check.ts';
import { coloured, paintFor, plain } from '../src/paint.ts';
import { version } from '../src/version.ts';

const instance = (lines: string): string =>
  `vrrp_instance V {\n  interface eth0\n  virtual_router_id 5\n  virtual_ipaddress {\n    10.0.0.9/24\n  }\n${lines}}\n`;

function report(text: string) {
  const result = parseConfig({ path: '/k.conf', configId: 'r', files: memoryFiles({ '/k.conf': text }) });
  return checkReport('k.conf', result, plain);
}

test.each([
  ['nothing to complain about', instance(''), 0, 'no complaints; 1 instance(s), 0 virtual server(s)'],
  ['only a note', instance('').replace('/24', ''), 0, '1 note; 1 instance(s), 0 virtual server(s)'],
  [
    'a warning',
    instance('  state MASTER\n  nopreempt\n'),
    1,
    '1 warning; 1 instance(s), 0 virtual server(s)',
  ],
  ['an error', instance('  foo 1\n  bar 2\n'), 2, '2 errors; 1 instance(s), 0 virtual server(s)'],
  [
    'the end of it',
    instance('  priority\n'),
    2,
    '1 error; 1 instance(s), 0 virtual server(s); the daemon does not start with it',
  ],
])('a file with %s has its status and a summary', (_, text, status, summary) => {
  const { text: said, status: given } = report(text);
  expect(given).toBe(status);
  expect(said.split('\n').at(-1)).toBe(`k.conf: ${summary}`);
});

test('an error is shown with its line, a caret below the word, and the remedy', () => {
  expect(report(instance('  priority 300\n')).text.split('\n').slice(0, 5)).toEqual([
    '/k.conf:7:12: error: priority 300 is outside 1 to 255 [out-of-range]',
    '  7 |   priority 300',
    '    |            ^^^',
    '  used: 100 is used',
    '  remedy: write a value from 1 to 255',
  ]);
});

test('what does nothing yet is named', () => {
  expect(report(instance('  use_vmac\n')).text).toContain(
    'accepted, not in effect yet: use_vmac (vrrp_instance)',
  );
});

test.each([
  [true, {}, coloured],
  [true, { NO_COLOR: '1' }, plain],
  [false, {}, plain],
])('terminal %s with %j is painted accordingly', (isTerminal, environment, expected) => {
  expect(paintFor(isTerminal, environment)).toBe(expected);
});

test('the version is that of the project', () => {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ version });
});
