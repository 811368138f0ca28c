import { familyOf, type IpAddress, isMulticast, parseAddress } from '@holdfast/kit';
import type { Argument, Problem } from '../keywords/row.ts';
import { corrected, isPlaceholder, missing, placeholder, plainly, refused } from './reading.ts';

/** The text is no address: what to say about it. @param index of the word */
export function badAddress(text: string, index: number): Problem {
  if (isPlaceholder(text)) return placeholder(text, index);
  return {
    code: 'bad-address',
    message: `"${text}" is not an IP address`,
    word: index,
    remedy: remedyFor(text),
  };
}

/** Behind an address stands a port as in URLs, or a prefix length where none belongs. */
const tail = /^\[?([\da-fA-F.:]+?)\]?([:/])(\d+)$/;

function remedyFor(text: string): string {
  const [, before = '', sign, after] = tail.exec(text) ?? [];
  if (sign === ':' && isAddress(before, text))
    return `a port stands behind a blank: write ${before} ${after}`;
  if (sign === '/' && parseAddress(before) !== undefined) return `write ${before}, without the prefix length`;
  return /^\d+\.\d+\.\d+\.\d+/.test(text)
    ? 'an IPv4 address has four numbers from 0 to 255'
    : 'write a numeric IPv4 or IPv6 address; names are not looked up';
}

/** Of IPv6 only one in brackets has a port for certain. */
function isAddress(before: string, text: string): boolean {
  const parsed = parseAddress(before);
  return parsed !== undefined && (familyOf(parsed) === 4 || text.startsWith('['));
}

const beyondLink = (text: string): Problem => ({
  code: 'wrong-address',
  severity: 'warning',
  message: `${text} is a group beyond the link`,
  word: 1,
  used: 'it all the same',
  remedy: 'write a group such as ff02::12',
  keepalived: 'reported',
});

export interface AddressOptions {
  readonly family?: 4 | 6;
  readonly multicast?: true;
  /** Any other group is used, with a message. */
  readonly linkLocal?: true;
}

/** A numeric address. */
export function ipAddress({ family, multicast, linkLocal }: AddressOptions = {}): Argument<IpAddress> {
  const kind = `${multicast === true ? 'multicast ' : ''}${family === undefined ? 'IP' : `IPv${family}`} address`;
  return {
    syntax: 'ADDRESS',
    range: `an ${kind}`.replace('an multicast', 'a multicast'),
    outside: 'the line is ignored',
    read: ({ words: [keyword, given] }) => {
      if (given === undefined) return missing(keyword.text, 'ADDRESS');
      const parsed = parseAddress(given.text);
      if (parsed === undefined) return refused(badAddress(given.text, 1));
      const fits =
        (family === undefined || familyOf(parsed) === family) && (multicast !== true || isMulticast(parsed));
      if (fits && linkLocal === true && !/^ff.2:/i.test(parsed))
        return corrected(parsed, beyondLink(given.text));
      if (fits) return plainly(parsed);
      const message = `${keyword.text} takes a ${kind}, not ${given.text}`;
      return refused({ code: 'wrong-address', message, word: 1, remedy: `write a ${kind}` });
    },
  };
}
