import { familyOf, type IpAddress, parseAddress } from '@holdfast/kit';
import type { Argument, Reading } from '../keywords/row.ts';
import type { Word } from '../language/words.ts';
import { badAddress } from './address.ts';
import { missing, plainly, refused } from './reading.ts';

/** A network, or everything of a family that other words tell. */
export type Network =
  | { readonly kind: 'network'; readonly address: IpAddress; readonly prefixLength: number }
  | { readonly kind: 'any' };

const everything: ReadonlySet<string> = new Set(['default', 'any', 'all']);

/** `ADDRESS[/LENGTH]`, and with `any` also the words default, any and all. */
export function network(options: { readonly any?: true } = {}): Argument<Network> {
  const syntax = options.any === true ? 'PREFIX|default|any|all' : 'PREFIX';
  return {
    syntax,
    range: 'an address with a prefix length of its family',
    read: ({ words: [keyword, given] }) => {
      if (given === undefined) return missing(keyword.text, syntax);
      if (options.any === true && everything.has(given.text)) return plainly({ kind: 'any' });
      return readNetwork(given.text);
    },
  };
}

/** Whether a word looks like the beginning of a network. */
export const looksLikeNetwork = (text: string): boolean =>
  everything.has(text) || parseAddress(text.split('/')[0] ?? '') !== undefined;

function readNetwork(text: string): Reading<Network> {
  const [first = '', length] = text.split('/');
  const address = parseAddress(first);
  if (address === undefined) return refused(badAddress(first, 1));
  const longest = familyOf(address) === 4 ? 32 : 128;
  const prefixLength = length === undefined ? longest : Number(length);
  if (length === undefined || (/^\d{1,3}$/.test(length) && prefixLength <= longest)) {
    return plainly({ kind: 'network', address, prefixLength });
  }
  const remedy = `write a prefix length from 0 to ${longest}`;
  const message = `the prefix length "${length}" of ${address} is outside 0 to ${longest}`;
  return refused({ code: 'bad-prefix', message, word: 1, remedy });
}

/** `[TYPE] PREFIX`, the destination of a route behind `to`: the type stands before it. */
export function typedNetwork(types: readonly string[]): Argument<Network> {
  const plain = network({ any: true });
  const isType = (word: Word | undefined): boolean =>
    word !== undefined && (types.includes(word.text) || /^\d{1,3}$/.test(word.text));
  return {
    ...plain,
    syntax: '[TYPE] PREFIX',
    takes: ([first]) => (isType(first) ? 2 : 1),
    read: (statement) => {
      const [keyword, first, ...others] = statement.words;
      if (!isType(first)) return plain.read(statement);
      const reading = plain.read({ ...statement, words: [keyword, ...others] });
      return { ...reading, problems: reading.problems.map((one) => ({ ...one, word: one.word + 1 })) };
    },
  };
}
