import type { Argument, Problem } from '../keywords/row.ts';
import type { IpvsTimeouts } from '../lvs-types.ts';
import { wholeNumber } from './number.ts';

const words = { tcp: 'tcp', tcpfin: 'tcpFin', udp: 'udp' } as const;
const isWord = (text: string): text is keyof typeof words => Object.hasOwn(words, text);
/** 31 days, in seconds. */
const number = wholeNumber(0, 2_678_400, { strict: true, syntax: 'SECONDS' });
const syntax = '[tcp SECONDS] [tcpfin SECONDS] [udp SECONDS]';

/** `lvs_timeouts`: any of the three, each with its seconds; one that is out of range is left alone. */
export const ipvsTimeouts: Argument<IpvsTimeouts> = {
  syntax,
  range: '0 to 2678400 seconds each',
  outside: 'that one is ignored',
  read: ({ words: [keyword, ...given], ...statement }) => {
    const problems: Problem[] = [];
    let value: IpvsTimeouts = {};
    for (let i = 0; i < given.length; i += 2) {
      const [name, seconds] = [given[i], given[i + 1]];
      if (name === undefined) break;
      if (!isWord(name.text)) {
        problems.push(unknown(name.text, i + 1));
        i--;
        continue;
      }
      const asked = seconds === undefined ? ([name] as const) : ([name, seconds] as const);
      const reading = number.read({ ...statement, words: asked });
      problems.push(...reading.problems.map((problem) => ({ ...problem, word: problem.word + i + 1 })));
      if (reading.value !== undefined) value = { ...value, [words[name.text]]: reading.value };
    }
    if (given.length > 0) return { value: Object.keys(value).length === 0 ? undefined : value, problems };
    return {
      value: undefined,
      problems: [
        {
          code: 'missing-argument',
          message: `${keyword.text} names no timeout`,
          word: 0,
          remedy: `write: ${keyword.text} ${syntax}`,
        },
      ],
    };
  },
};

const unknown = (word: string, index: number): Problem => ({
  code: 'unknown-value',
  message: `lvs_timeouts does not know "${word}"`,
  word: index,
  used: 'the word is ignored',
  remedy: 'write one of tcp, tcpfin, udp, each with its seconds',
});
