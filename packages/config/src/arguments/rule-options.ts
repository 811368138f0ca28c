import type { Argument } from '../keywords/row.ts';
import { parseNumeral } from './named-number.ts';
import { missing, plainly, refused } from './reading.ts';

/** Two whole numbers, the lower one first. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** `FIRST-LAST`: both are needed. @param high the largest number */
export function numberRange(high: number): Argument<NumberRange> {
  return {
    syntax: 'FIRST-LAST',
    range: `two numbers from 0 to ${high}`,
    outside: 'the rule is left out',
    read: ({ words: [keyword, given] }) => {
      if (given === undefined) return missing(keyword.text, 'FIRST-LAST');
      const [, first, last] = /^(\d+)-(\d+)$/.exec(given.text) ?? [];
      const [from, to] = [Number(first), Number(last)];
      if (first !== undefined && to <= high && from <= to) return plainly({ from, to });
      const message = `${keyword.text} takes FIRST-LAST, two numbers from 0 to ${high}, not "${given.text}"`;
      const remedy = /^\d+$/.test(given.text) ? `write ${given.text}-${given.text}` : 'write FIRST-LAST';
      return refused({ code: 'bad-range', message, word: 1, remedy });
    },
  };
}

const unsigned = 2 ** 32 - 1;

/** `MARK[/MASK]`, in the notation of C. */
export const maskedMark: Argument<{ readonly mark: number; readonly mask: number | undefined }> = {
  syntax: 'MARK[/MASK]',
  range: `0 to ${unsigned}`,
  outside: 'the rule is left out',
  read: ({ words: [keyword, given] }) => {
    if (given === undefined) return missing(keyword.text, 'MARK[/MASK]');
    const [mark, mask, ...others] = given.text.split('/').map(parseNumeral);
    const fits = (value: number | undefined): boolean =>
      value === undefined || (value >= 0 && value <= unsigned);
    const hasMask = given.text.includes('/');
    if (
      mark !== undefined &&
      (mask !== undefined || !hasMask) &&
      others.length === 0 &&
      fits(mark) &&
      fits(mask)
    )
      return plainly({ mark, mask });
    const message = `"${given.text}" is no firewall mark`;
    return refused({ code: 'not-a-number', message, word: 1, remedy: 'write MARK or MARK/MASK' });
  },
};

const protocols: ReadonlyMap<string, number> = new Map([
  ['ip', 0],
  ['icmp', 1],
  ['igmp', 2],
  ['ipencap', 4],
  ['tcp', 6],
  ['udp', 17],
  ['dccp', 33],
  ['ipv6', 41],
  ['gre', 47],
  ['esp', 50],
  ['ah', 51],
  ['ipv6-icmp', 58],
  ['ospf', 89],
  ['vrrp', 112],
  ['l2tp', 115],
  ['sctp', 132],
  ['udplite', 136],
]);

/** A protocol by its name of /etc/protocols, as far as every machine knows it, or its number. */
export const ipProtocol: Argument<number> = {
  syntax: 'PROTOCOL',
  range: 'a name of a protocol, or 0 to 255',
  outside: 'the rule is left out',
  read: ({ words: [keyword, given] }) => {
    if (given === undefined) return missing(keyword.text, 'PROTOCOL');
    const value = protocols.get(given.text.toLowerCase()) ?? parseNumeral(given.text);
    if (value !== undefined && value >= 0 && value <= 255) return plainly(value);
    const message = `there is no protocol "${given.text}"`;
    return refused({ code: 'unknown-value', message, word: 1, remedy: 'write its number, 0 to 255' });
  },
};
