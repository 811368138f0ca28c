import type { Argument, Problem } from '../keywords/row.ts';
import { plainly, refused } from './reading.ts';

/** Names that have to differ, as many as the syntax has, or none. @param longest in bytes */
export function distinctNames(syntax: string, longest: number): Argument<readonly string[]> {
  return {
    syntax,
    range: `different names of at most ${longest} bytes`,
    outside: 'the line is ignored',
    read: ({ words: [, ...given] }) => {
      const names = given.map(({ text }) => text);
      const problem = nameProblem(names, longest);
      return problem === undefined ? plainly(names) : refused(problem);
    },
  };
}

function nameProblem(names: readonly string[], longest: number): Problem | undefined {
  const wrong = names.findIndex((name) => name === '' || Buffer.byteLength(name) > longest);
  if (wrong >= 0) return tooLong(names[wrong] ?? '', wrong + 1, longest);
  const again = names.findIndex((name, index) => names.indexOf(name) < index);
  if (again < 0) return undefined;
  const message = `the name ${names[again] ?? ''} is there twice`;
  return { code: 'given-twice', message, word: again + 1, remedy: 'give each its own name' };
}

const tooLong = (name: string, word: number, longest: number): Problem => ({
  code: 'too-long',
  message: `"${name}" is no name of 1 to ${longest} bytes`,
  word,
  remedy: `write 1 to ${longest} bytes`,
});

/** A name, or nothing for the usual one. @param longest in bytes */
export const optionalName = (syntax: string, longest: number): Argument<string> => ({
  syntax: `[${syntax}]`,
  range: `at most ${longest} bytes`,
  outside: 'the line is ignored',
  read: ({ words: [, given] }) => {
    if (given === undefined) return plainly('');
    const problem = nameProblem([given.text], longest);
    return problem === undefined ? plainly(given.text) : refused(problem);
  },
});
