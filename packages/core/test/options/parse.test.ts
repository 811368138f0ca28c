import { describe, expect, test } from 'vitest';
import { helpText } from '../../src/options/help.ts';
import { type Options, parseCommandLine } from '../../src/options/parse.ts';
import { switches } from '../../src/options/table.ts';

function optionsFor(line: string): Options {
  const result = parseCommandLine(line.split(' ').filter((word) => word !== ''));
  if (result.kind !== 'run') throw new TypeError(`${line} gave ${result.kind}`);
  return result.options;
}

describe('a command line is understood as keepalived does', () => {
  test.each([
    // words                             what it means
    ['', { foreground: false, logToConsole: false, logToSyslog: true, respawn: true, facility: 3 }],
    ['-n -l -D', { foreground: true, logToConsole: true, logDetail: 1 }],
    ['-nlDDG', { foreground: true, logToConsole: true, logDetail: 2, logToSyslog: false }],
    ['--dont-fork --log-console', { foreground: true, logToConsole: true }],
    ['-f /a.conf', { configurationFile: '/a.conf' }],
    ['-nf/a.conf', { foreground: true, configurationFile: '/a.conf' }],
    ['--use-file=/a.conf', { configurationFile: '/a.conf' }],
    ['--use-file /a.conf', { configurationFile: '/a.conf' }],
    ['-f /a.conf -f /b.conf', { configurationFile: '/b.conf' }],
    ['--use /a.conf', { configurationFile: '/a.conf' }],
    ['-P', { withVrrp: true, withChecks: false }],
    ['-C', { withVrrp: false, withChecks: true }],
    ['-S 2', { facility: 18 }],
    ['-S local7', { facility: 23 }],
    ['-S user', { facility: 1 }],
    ['-u 18', { umask: 18 }],
    ['-u 022', { umask: 18 }],
    ['-u 0x12', { umask: 18 }],
    ['-t', { test: true, respawn: false, logToSyslog: false, foreground: true }],
    ['-t/log', { test: '/log' }],
    ['--config-test=/log', { test: '/log' }],
    ['-i node1 -e -X -V -R -d', { configId: 'node1', allIncludesMustExist: true, dontReleaseVrrp: true }],
  ] as const)('%s', (line, meaning) => {
    expect(optionsFor(line)).toMatchObject(meaning);
  });

  test('each process has a pid file of its own', () => {
    expect(optionsFor('-p a -r b -c c -b d').pidFiles).toEqual({
      parent: 'a',
      vrrp: 'b',
      checkers: 'c',
      bfd: 'd',
    });
  });
});

test.each([
  ['--bogus -q', ['Unknown option --bogus', 'Unknown option -q']],
  ['-f', ['Missing parameter for option -f']],
  ['--use-file=', ['Missing parameter for option --use-file']],
  ['-nZl', ['Unknown option -Z']],
  ['--vrr', ['Unknown option --vrr']],
  ['--dont-fork=yes', ['Option --dont-fork takes no argument']],
] as const)('%s is refused after all words were read', (line, complaints) => {
  expect(parseCommandLine(line.split(' '))).toEqual({ kind: 'refused', complaints });
});

test.each([
  ['-n extra words', /Unexpected argument\(s\): extra words/],
  ['-n -- -l --bogus', /Unexpected argument\(s\): -l --bogus/],
  ['-u zz', /Invalid --umask option zz/],
  ['-u 01000', /Invalid --umask option 01000/],
  ['-S local8', /Invalid log facility 'local8'/],
] as const)('%s is only remarked on', (line, remark) => {
  const result = parseCommandLine(line.split(' '));
  expect(result.kind === 'run' && result.remarks.join('\n')).toMatch(remark);
});

test('switches that do nothing yet are named once, as they are written', () => {
  const result = parseCommandLine(['-x', '-x', '--snmp', '-n', '-s', 'blue', '--perf']);
  expect(result).toMatchObject({ kind: 'run', notInEffect: ['-x', '-s', '--perf'] });
});

test.each([
  ['-h', { kind: 'help' }],
  ['-nv --bogus', { kind: 'version' }],
  ['--signum JSON', { kind: 'signal-number', name: 'JSON' }],
  ['--signum=STOP -t', { kind: 'signal-number', name: 'STOP' }],
] as const)('%s asks for information only', (line, expected) => {
  expect(parseCommandLine(line.split(' '))).toEqual(expected);
});

test('the help text names every switch, on a line of its own', () => {
  const lines = helpText('holdfastd').split('\n');
  for (const row of switches)
    expect(lines.filter((line) => line.includes(`--${row.long}`)).length).toBeGreaterThan(0);
});
