import { expect, test } from 'vitest';
import { consoleLine } from '../../src/log/console-line.ts';
import type { LogLine } from '../../src/log/record.ts';
import { syslogLine } from '../../src/log/syslog-line.ts';
import { facilityCode } from '../../src/options/facility.ts';

const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({
  record: { id: 'x', level: 'info', text },
  source: 'core',
  pid: 7,
  at: new Date(2026, 10, 1, 9, 5, 3).getTime(),
  json: () => '{}\n',
  ...more,
});

test('a console line has the time in the form of ctime and a newline', () => {
  expect(consoleLine(line('(VI_1) Entering MASTER STATE'))).toBe(
    'Sun Nov  1 09:05:03 2026: (VI_1) Entering MASTER STATE\n',
  );
});

test.each([
  // source  level     facility   begins with
  ['core', 'info', 'daemon', '<30>Nov  1 09:05:03 Keepalived[7]: text'],
  ['vrrp', 'notice', 'local2', '<149>Nov  1 09:05:03 Keepalived_vrrp[7]: text'],
  ['vrrp', 'error', '7', '<187>Nov  1 09:05:03 Keepalived_vrrp[7]: text'],
  ['core', 'alert', 'user', '<9>Nov  1 09:05:03 Keepalived[7]: text'],
] as const)('syslog gets %s %s in facility %s as %s', (source, level, facility, text) => {
  const record = { id: 'x', level, text: 'text' };
  expect(syslogLine(line('', { source, record }), facilityCode(facility) ?? -1)).toBe(text);
});

test.each([
  ['two\nlines', 'two\\nlines'],
  ['\u001b[31mred', '\\x1b[31mred'],
  ['a\tb', 'a    b'],
  ['naïve – ok', 'naïve – ok'],
] as const)('control characters in %j cannot forge a line', (text, shown) => {
  expect(consoleLine(line(text))).toBe(`Sun Nov  1 09:05:03 2026: ${shown}\n`);
});
