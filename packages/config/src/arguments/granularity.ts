import { type IpAddress, parseAddress } from '@holdfast/kit';
import type { Argument } from '../keywords/row.ts';
import { isPlaceholder, missing, placeholder, plainly, refused } from './reading.ts';

/** The mask of an IPv4 service (any pattern of bits), or a plain number: the prefix length of an IPv6 one. */
export type Granularity =
  | { readonly kind: 'mask'; readonly mask: IpAddress }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'unreadable'; readonly text: string };

/** `persistence_granularity`: what it means, and whether it is legal, depends on the family of the service. */
export const granularity: Argument<Granularity> = {
  syntax: 'NETMASK|PREFIX_LENGTH',
  range: 'a netmask for IPv4, 1 to 128 for IPv6',
  outside: 'every client counts for itself',
  read: ({ words: [keyword, given] }) => {
    if (given === undefined) return missing(keyword.text, 'NETMASK|PREFIX_LENGTH');
    if (isPlaceholder(given.text)) return refused(placeholder(given.text, 1));
    const mask = parseAddress(given.text);
    if (mask !== undefined && !mask.includes(':')) return plainly({ kind: 'mask', mask });
    if (/^\d{1,9}$/.test(given.text)) return plainly({ kind: 'length', length: Number(given.text) });
    return plainly({ kind: 'unreadable', text: given.text });
  },
};
