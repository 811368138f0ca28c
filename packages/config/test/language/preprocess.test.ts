// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the language under test
import { seededRandom } from '@holdfast/kit';
import { expect, test } from 'vitest';
import type { Report } from '../../src/diagnostics/report.ts';
import { type MemoryFile, memoryFiles } from '../../src/files/memory-files.ts';
import { noChecks } from '../../src/language/include.ts';
import { preprocess } from '../../src/language/preprocess.ts';

interface Outcome {
  readonly lines: readonly string[];
  readonly reports: readonly string[];
  readonly fatal: boolean;
}

function read(
  text: string | Uint8Array,
  others: Readonly<Record<string, MemoryFile>> = {},
  configId = 'r1',
): Outcome {
  const reports: Report[] = [];
  const { lines } = preprocess({
    pattern: '/etc/k/main.conf',
    directory: '/',
    files: memoryFiles({ '/etc/k/main.conf': text, ...others }),
    configId,
    environment: { SITE: 'north' },
    random: seededRandom(7),
    includeChecks: noChecks,
    report: (report) => reports.push(report),
  });
  return {
    lines: Array.from(lines, (line) => line.text.trim()),
    reports: reports.map(({ origin, code }) => `${origin.line} ${code}`),
    fatal: reports.some(({ fatal }) => fatal === true),
  };
}

test.each([
  ['comments and blank lines', 'a 1 # x\n\n! y\nb 2', ['a 1', 'b 2']],
  ['CR LF and no final newline', 'a 1\r\nb 2', ['a 1', 'b 2']],
  ['a byte order mark', '\ufeffa 1', ['a 1']],
  ['a line for this router', '@r1 a 1\n@r2 b 2', ['a 1']],
  ['a line for the others', '@^r1 a 1\n@^r2 b 2', ['b 2']],
  ['a line for Holdfast', '@holdfast a 1\n@^holdfast b 2', ['a 1']],
  ['prefixes that do not nest', '@r1@r1 x\n@r1 @r1 x', ['@r1 x']],
  ['a condition with nothing behind it', '@r1', []],
  ['a line for this router behind a brace', 'x { @r1 a 1\ny { @r2 b 2', ['x {', 'a 1', 'y {']],
  ['a definition behind a brace', 'x { $A=5\ny ${A}', ['x {', 'y 5']],
  ['a sequence behind a brace', 'x { ~SEQ(v, 2) a$v ${v}', ['x {', 'a1 1', 'a2 2']],
  ['a sequence behind a closing brace', 'x } ~LST(v, a, b) y $v', ['x }', 'y a', 'y b']],
  ['words behind a brace that only look like it', 'x { a@r1 includes $A', ['x { a@r1 includes $A']],
  ['a brace in quotes', 'x "{" @r1 a', ['x "{" @r1 a']],
  ['a parameter', '$A=5\nx $A\ny ${A}z', ['x 5', 'y 5z']],
  ['a parameter in quotes', '$A=5\nx "${A} b"', ['x "5 b"']],
  ['uses that are none', '$A=5\nx $A/ $A] $Ab ${B}', ['x $A/ $A] $Ab ${B}']],
  ['a redefinition', '$A=1\n$B=$A\n$A=2\nx $B', ['x 2']],
  ['an empty value', '$A=\nx ${A}y', ['x y']],
  ['a parameter that is a condition', '$X=@r2\n$X kw\n$Y=@r1\n$Y kw2', ['kw2']],
  ['several lines', '$M=a 1 \\\n  b 2 \\\n\\\n  c 3\nx $M', ['x a 1', 'b 2', 'c 3']],
  ['several lines not at the end', '$M=a \\\n  b\n$M x', ['$M x']],
  ['several lines with a parameter', '$M=a $N \\\n  b $N\n$N=1\n$M\n$N=2\n$M', ['a 1', 'b 1', 'a 2', 'b 2']],
  ['stacked definitions', '$I=i \\\n  j\n$O=o \\\n  $I\n$O', ['o', 'i', 'j']],
  ['built-ins', 'x ${_PWD} $_INSTANCE "${_HASH}" ${_ENV SITE}', ['x /etc/k r1 "#" north']],
  ['a comment sign from a parameter', 'x ${_HASH}y', ['x']],
  ['an overridden built-in', '$_INSTANCE=z\nx $_INSTANCE', ['x z']],
  ['~SEQ with one number', '~SEQ(v, 3) a $v', ['a 1', 'a 2', 'a 3']],
  ['~SEQ down to 0', '~SEQ(v, 0) a $v', ['a 1', 'a 0']],
  ['~SEQ to a negative number', '~SEQ(v, -2) a $v', ['a -1', 'a -2']],
  ['~SEQ with two numbers', '~SEQ(v, 3, 2) a $v', ['a 3', 'a 2']],
  ['~SEQ with a step', '~SEQ(v, 0, 5, 12) a $v', ['a 0', 'a 5', 'a 10']],
  ['~SEQ in hexadecimal, from C notation', '~SEQx(v, 0x9, 012) a ${v}b', ['a 9b', 'a ab']],
  ['~SEQ without a comma', '~SEQ(v 2) a $v', ['a 1', 'a 2']],
  ['~SEQ with a parameter', '$N=2\n~SEQ(v, $N) a $v', ['a 1', 'a 2']],
  ['nested ~SEQ', '~SEQ(a, 2) ~SEQ(b, 2) x ${a}${b}', ['x 11', 'x 12', 'x 21', 'x 22']],
  ['~LST', '~LST(v, p, q) a $v', ['a p', 'a q']],
  ['~LST with sets', '~LST({v,w}, {a,1}, {b}) x $v-${w}', ['x $v-1', 'x $v-']],
  ['~SEQ over several lines', '$M=a $v \\\n  b\n~SEQ(v, 2) $M', ['a 1', 'b', 'a 2', 'b']],
  ['another tilde', '~other x', ['~other x']],
])('%s: what is read', (_, text, expected) => {
  expect(read(text)).toEqual({
    lines: expected,
    reports: read(text).reports.filter((r) => r === '0 byte-order-mark'),
    fatal: false,
  });
});

test.each([
  ['nothing but a quote', '"\nb', ['b'], ['1 unterminated-quote']],
  ['a parameter that names itself', '$A=${A}\nx ${A}', ['x ${A}'], ['2 parameter-endless']],
  ['parameters in a circle', '$A=a${B}\n$B=${A}\nx ${A}', ['x ${A}'], ['3 parameter-endless']],
  [
    'a parameter that grows',
    `$A=${'a'.repeat(600)}\nx ${'$'}{A}${'$'}{A}`,
    expect.any(Array),
    ['2 parameter-too-long'],
  ],
  ['lines in a circle', '$M=a \\\n  $M\n$M', expect.any(Array), ['3 nested-too-deeply']],
  ['a sequence that never ends', '~SEQ(v, 1, -1, 5) a', [], ['1 wrong-sequence']],
  ['a sequence with step 0', '~SEQ(v, 1, 0, 5) a', [], ['1 wrong-sequence']],
  ['a sequence of words', '~SEQ(v, x) a', [], ['1 wrong-sequence']],
  ['an open sequence', '~SEQ(v, 3 a', [], ['1 wrong-sequence']],
  ['too many values', '~LST(v, {a,b}) x', [], ['1 wrong-sequence']],
  ['a huge sequence', '~SEQ(v, 999999999) a', [], ['1 wrong-sequence']],
  ['random bounds the wrong way round', 'x ${_RANDOM 5 2}', ['x 5'], ['1 random-bounds']],
  ['a NUL byte', 'a\0b\nc', ['c'], ['1 nul-byte']],
  ['a line of 1023 bytes', `${'a'.repeat(1023)}\nc`, ['c'], ['1 line-too-long']],
  ['a line of 1023 bytes in 512 characters', `a${'é'.repeat(511)}\nc`, ['c'], ['1 line-too-long']],
  ['a line of 1022 bytes in 511 characters', `${'é'.repeat(511)}`, ['é'.repeat(511)], []],
])('%s is reported once', (_, text, lines, reports) => {
  expect(read(text)).toEqual({ lines, reports, fatal: false });
});

test('a random number is repeatable by its seed and within its bounds', () => {
  const [first, second] = [read('x ${_RANDOM 1 6}').lines[0] ?? '', read('x ${_RANDOM 1 6}').lines[0]];
  expect(first).toMatch(/^x [1-6]$/);
  expect(second).toBe(first);
});

const others: Readonly<Record<string, MemoryFile>> = {
  '/etc/k/one.conf': 'one',
  '/etc/k/d/a.conf': 'a\ninclude sub/*.conf',
  '/etc/k/d/b.conf': 'b ${_PWD}',
  '/etc/k/d/sub/s.conf': 's',
  '/etc/k/run.conf': { content: 'run', mode: 0o755 },
  '/etc/k/loop.conf': 'include loop.conf\nloop',
};

test.each([
  ['include one.conf\nlast', ['one', 'last'], [], false],
  ['  include d/*.conf', ['a', 's', 'b /etc/k/d'], [], false],
  ['$D=d\ninclude ${D}/b.conf', ['b /etc/k/d'], [], false],
  ['include none.conf\nx', ['x'], ['1 include-not-found'], false],
  ['include none*.conf', [], [], false],
  ['include run.conf', [], ['1 include-unreadable'], false],
  ['include d', [], ['1 include-unreadable'], false],
  ['include {one,none}.conf', ['one'], ['1 include-not-found'], false],
  ['x { include one.conf', ['x {', 'one'], [], false],
  ['includer run.conf', [], ['1 include-unreadable'], true],
  ['includer none.conf', [], ['1 include-not-found'], false],
  ['includem none.conf', [], ['1 include-not-found'], true],
  ['includem none*.conf', [], [], false],
  ['includew none*.conf', [], ['1 include-not-found'], true],
  ['includew {one,none}.conf', ['one'], ['1 include-not-found'], false],
  ['includem {none,nil}.conf', [], ['1 include-not-found', '1 include-not-found'], false],
  ['includeb {none,nil}.conf', [], ['1 include-not-found', '1 include-not-found'], true],
  ['includeb {none,nil}*.conf', [], [], false],
  ['includew {none,nil}*.conf', [], ['1 include-not-found', '1 include-not-found'], true],
  ['includea {one,none}*.conf', ['one'], [], false],
  ['includea {one}.conf', ['one'], [], false],
  ['includeb {one,none}.conf', [], ['1 include-not-found'], true],
  ['includeb none.conf', [], ['1 include-not-found'], false],
  ['includeb {none.conf', [], ['1 include-not-found'], true],
  ['includem {none.conf', [], ['1 include-not-found'], false],
  ['includea none*.conf', [], ['1 include-not-found'], true],
  ['include_check\ninclude none*.conf', ['include_check'], ['2 include-not-found'], true],
  ['include_check +match\ninclude none.conf', ['include_check +match'], ['2 include-not-found'], true],
  ['include loop.conf', ['loop'], ['1 include-unreadable'], false],
])('%j reads %j', (text, lines, reports, fatal) => {
  expect(read(text, others)).toEqual({ lines, reports, fatal });
});
