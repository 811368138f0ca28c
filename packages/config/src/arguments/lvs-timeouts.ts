import type { Argument, Problem } from '../keywords/row.ts';
import type { IpvsTimeouts } from '../lvs-types.ts';
import { readNumber } from './number.ts';

export const timeoutLimits = { low: 0, high: 2_678_400, places: 0, strict: true } as const;
const properties = { tcp: 'tcp', tcpfin: 'tcpFin', udp: 'udp' } as const;
const isName = (text: string): text is keyof typeof properties => Object.hasOwn(properties, text);

/** `lvs_timeouts [tcp SECONDS] [tcpfin SECONDS] [udp SECONDS]`: a wrong one is told, the others are used. */
export const lvsTimeouts: Argument<IpvsTimeouts> = {
  syntax: '[tcp SECONDS] [tcpfin SECONDS] [udp SECONDS]',
  range: `each ${timeoutLimits.low} to ${timeoutLimits.high} seconds`,
  outside: 'that one is ignored',
  read: ({ words }) => {
    const problems: Problem[] = [];
    let value: IpvsTimeouts = {};
    if (words.length < 3) return { value: undefined, problems: [noOption] };
    for (let at = 1; at < words.length; ) {
      const [name = '', seconds] = [words[at]?.text, words[at + 1]?.text];
      if (!isName(name) || seconds === undefined) {
        problems.push(unknown(name, at));
        at++;
        continue;
      }
      const reading = readNumber(name, seconds, timeoutLimits);
      problems.push(...reading.problems.map((problem) => ({ ...problem, word: at + 1 })));
      if (reading.value !== undefined) value = { ...value, [properties[name]]: reading.value };
      at += 2;
    }
    return { value: Object.keys(value).length === 0 ? undefined : value, problems };
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
  remedy: `write one of ${Object.keys(properties).join(', ')}, each with its seconds`,
});
