import { expect, test } from 'vitest';
import { wideBlank, wideCharacter } from '../../src/language/wide-characters.ts';
import { splitWords } from '../../src/language/words.ts';
import { complaints, instance, parse } from '../parse.ts';

test.each([
  ['priority 100\u3000', '7 error not-a-number', 'an ideographic space (U+3000)'],
  ['priority\u3000100', '7 error unknown-keyword', 'an ideographic space (U+3000)'],
  ['priority \uff11\uff10\uff10', '7 error not-a-number', 'a full-width 1 (U+FF11)'],
  ['priority 100\u00a0', '7 error not-a-number', 'a no-break space (U+00A0)'],
  ['priority 100\uff1b', '7 error not-a-number', 'a full-width semicolon (U+FF1B)'],
  ['priority 100\uff0c', '7 error not-a-number', 'a full-width comma (U+FF0C)'],
  ['state BACKUP\u3000\u3000', '7 error unknown-value', 'an ideographic space (U+3000)'],
  ['virtual_ipaddress {\n10.0.0.7\u3002\n}', '8 error bad-address', 'an ideographic full stop (U+3002)'],
  [
    'authentication {\nauth_type PASS\nauth_pass 1111\u3000\n}',
    '9 warning wide-blank',
    'an ideographic space (U+3000)',
  ],
])('in %j the character that nobody sees is named: %s', (lines, expected, name) => {
  const result = parse(instance(lines));
  expect(complaints(result)).toContain(expected);
  expect(result.diagnostics.filter(({ message }) => message.includes(name))).toHaveLength(1);
});

test('what is commented out or quoted may be written in any script', () => {
  const text = instance(
    'priority 100 # \u4e3b\u3000\u5907\uff0c\n! \u5907\nnotify_master "/bin/\u540d\u3000x"',
  );
  expect(complaints(parse(`global_defs {\nenable_script_security\nscript_user root\n}\n${text}`))).toEqual(
    [],
  );
});

test('only the blanks of the C locale separate words', () => {
  const words = splitWords('a\tb\vc\fd\re \u00a0f\u3000g').map(({ text }) => text);
  expect(words).toEqual(['a', 'b', 'c', 'd', 'e', '\u00a0f\u3000g']);
  expect(wideBlank('f\u3000g')).toEqual({ name: 'an ideographic space (U+3000)', at: 1 });
  expect(wideCharacter('plain')).toBeUndefined();
});
