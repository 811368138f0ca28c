import type { Argument, Problem } from '../keywords/row.ts';
import { readNumber } from './number.ts';
import { plainly } from './reading.ts';

/** Seconds; what is not given keeps the kernel's value. */
export interface LvsTimeouts {
  readonly tcp: number | undefined;
  readonly tcpfin: number | undefined;
  readonly udp: number | undefined;
}

export const timeoutLimits = { low: 0, high: 2_678_400, places: 0, strict: true } as const;
const names = ['tcp', 'tcpfin', 'udp'] as const;
const isName = (text: string): text is (typeof names)[number] => names.some((name) => name === text);

/** `lvs_timeouts [tcp SECONDS] [tcpfin SECONDS] [udp SECONDS]`: a wrong one is told, the others are used. */
export const lvsTimeouts: Argument<LvsTimeouts> = {
  syntax: '[tcp SECONDS] [tcpfin SECONDS] [udp SECONDS]',
  range: `each ${timeoutLimits.low} to ${timeoutLimits.high} seconds`,
  outside: 'that one is ignored',
  read: ({ words }) => {
    const problems: Problem[] = [];
    const found: { -readonly [K in keyof LvsTimeouts]: LvsTimeouts[K] } = {
      tcp: undefined,
      tcpfin: undefined,
      udp: undefined,
    };
    if (words.length < 3) return { value: undefined, problems: [noOption] };
    for (let at = 1; at < words.length; ) {
      const [name = '', value] = [words[at]?.text, words[at + 1]?.text];
      if (!isName(name) || value === undefined) {
        problems.push(unknown(name, at));
        at++;
        continue;
      }
      const reading = readNumber(name, value, timeoutLimits);
      problems.push(...reading.problems.map((problem) => ({ ...problem, word: at + 1 })));
      found[name] = reading.value ?? found[name];
      at += 2;
    }
    return problems.length === 0 ? plainly(found) : { value: found, problems };
  },
};

const noOption: Problem = {
  code: 'missing-option',
  message: 'lvs_timeouts needs at least one timeout',
  word: 0,
  remedy: 'write: lvs_timeouts tcp SECONDS, or tcpfin, or udp',
};

const unknown = (name: string, word: number): Problem => ({
  code: 'unknown-option',
  message: `lvs_timeouts does not know "${name}"`,
  word,
  used: 'the word is ignored',
  remedy: `write one of ${names.join(', ')}, each with its seconds`,
});
