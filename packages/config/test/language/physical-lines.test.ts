import { expect, test } from 'vitest';
import { createLines } from '../../src/language/lines.ts';
import { eachPhysicalLine, shapes } from '../../src/language/physical-lines.ts';
import { decodeText } from '../../src/language/source.ts';

/** The lines of a text with what they look like. */
function shapesOf(text: string): readonly (readonly [line: string, shape: string | undefined])[] {
  const source = decodeText(new TextEncoder().encode(text));
  const found: (readonly [string, string | undefined])[] = [];
  eachPhysicalLine(source, (start, end, number, shape) => {
    expect(number).toBe(found.length + 1);
    const name = Object.entries(shapes).find(([, value]) => value === shape)?.[0];
    found.push([source.text.slice(start, end), name]);
  });
  return found;
}

test.each([
  [' \t\v\f', 'blank'],
  ['  weight 1', 'plain'],
  ['インスタンス 1', 'plain'],
  ['virtual_server 10.0.0.1 80 {', 'opens'],
  ['\tTCP_CHECK\t{ ', 'opens'],
  ['}', 'closes'],
  [' } ', 'closes'],
  ['{', 'braces'],
  ['TCP_CHECK { }', 'braces'],
  ['} weight 1', 'braces'],
  ['weight 1 }', 'braces'],
  ['} {', 'braces'],
  ['{ weight 1', 'braces'],
  ['weight 1 # one', 'special'],
  ['weight 1 ! one', 'special'],
  ['weight $W', 'special'],
  ['a "b c"', 'special'],
  ['a\0b', 'special'],
  [' @^r1 weight 1', 'special'],
  [' ~SEQ(i, 3) x $i', 'special'],
  ['include a.conf', 'special'],
  ['} include a.conf', 'special'],
  ['interface eth0', 'plain'],
  ['x'.repeat(1022), 'plain'],
  ['x'.repeat(1023), 'special'],
  ['é'.repeat(511), 'plain'],
  ['é'.repeat(512), 'special'],
])(
  '%j is %s, also with a carriage return behind it and characters of four bytes before it',
  (line, shape) => {
    expect(shapesOf(`${line}\n`)).toEqual([[line, shape]]);
    expect(shapesOf(`😀 ü\r\n${line}\r\n${line}`)).toEqual([
      ['😀 ü', 'plain'],
      [line, shape],
      [line, shape],
    ]);
  },
);

test('lines keep their order, file and number, be they places in a file or made', () => {
  const lines = createLines();
  const [a, b] = [
    { path: '/a', text: 'one\ntwo {' },
    { path: '/b', text: '}' },
  ];
  lines.addPlace(a, 0, 3, 1, shapes.plain);
  lines.addPlace(b, 0, 1, 1, shapes.closes);
  lines.addMade({ text: 'three', origin: { file: '/a', line: 7, raw: '$X' }, openQuote: false });
  lines.addPlace(a, 4, 9, 2, shapes.opens);
  const shown = Array.from(lines, ({ text, origin: { file, line, raw } }) => [text, file, line, raw]);
  expect(shown).toEqual([
    ['one', '/a', 1, 'one'],
    ['}', '/b', 1, '}'],
    ['three', '/a', 7, '$X'],
    ['two {', '/a', 2, 'two {'],
  ]);
  expect(lines.textOf(0, 4)).toBe('one\n}\nthree\ntwo {');
  expect([...lines.shapes.subarray(0, 4)]).toEqual([1, 3, 5, 2]);
  expect(() => lines.at(4)).toThrow(RangeError);
});
