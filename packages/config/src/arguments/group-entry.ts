import {
  addressBytes,
  addressFromBytes,
  compareAddresses,
  type Family,
  familyOf,
  type IpAddress,
  parseAddress,
} from '@holdfast/kit';
import type { Argument, Problem, Reading } from '../keywords/row.ts';
import type { Word } from '../language/words.ts';
import { badAddress } from './address.ts';
import { readMark } from './mark.ts';
import { missing, plainly, refused } from './reading.ts';

/** A line of a `virtual_server_group`, its range spelt out. */
export type GroupEntry =
  | { readonly kind: 'addresses'; readonly addresses: readonly IpAddress[]; readonly port: number }
  | { readonly kind: 'fwmark'; readonly mark: number; readonly family: Family | undefined };

/** More services than this by one line are a mistake. */
const mostAddresses = 65_536;

/** `ADDRESS[/LENGTH|-LAST|-ADDRESS] [PORT]` or `fwmark MARK [inet|inet6]` */
export const groupEntry: Argument<GroupEntry> = {
  syntax: 'ADDRESS[/LENGTH|-LAST|-ADDRESS] [PORT] | fwmark MARK [inet|inet6]',
  read: ({ words: [first, second, third] }) =>
    first.text === 'fwmark' ? readMarkEntry(second, third) : readAddresses(first, second),
};

const leftOut = (problem: Problem): Reading<never> => refused({ ...problem, used: 'the entry is left out' });

function readMarkEntry(second: Word | undefined, third: Word | undefined): Reading<GroupEntry> {
  if (second === undefined) return missing('fwmark', 'MARK');
  const mark = readMark(second.text);
  if (typeof mark !== 'number') {
    // keepalived takes a mark of 0 without a word, and makes a service of it that no kernel has.
    const keepalived = second.text === '0' ? 'none' : 'reported';
    return leftOut({ ...mark, keepalived, word: 1 });
  }
  if (third === undefined) return plainly({ kind: 'fwmark', mark, family: undefined });
  if (third.text === 'inet') return plainly({ kind: 'fwmark', mark, family: 4 });
  if (third.text === 'inet6') return plainly({ kind: 'fwmark', mark, family: 6 });
  const message = `"${third.text}" is no address family`;
  return leftOut({ code: 'unknown-value', message, word: 2, remedy: 'write inet or inet6' });
}

function readAddresses(first: Word, second: Word | undefined): Reading<GroupEntry> {
  const port = second === undefined ? 0 : Number(second.text);
  if (second !== undefined && !(/^\d{1,5}$/.test(second.text) && port <= 65_535)) {
    const message = `"${second.text}" is not a port`;
    return leftOut({
      code: 'bad-port',
      message,
      word: 1,
      remedy: 'write a number from 1 to 65535; names of services are not looked up',
    });
  }
  const range = rangeOf(first.text);
  if ('code' in range) return leftOut(range);
  return plainly({ kind: 'addresses', addresses: spellOut(range), port });
}

interface Range {
  readonly first: IpAddress;
  readonly count: number;
}

function rangeOf(text: string): Range | Problem {
  const [, start = text, sign, end = ''] = /^([^/-]+)([/-])(.*)$/.exec(text) ?? [];
  const first = parseAddress(start);
  if (first === undefined) return badAddress(start, 0);
  if (sign === undefined) return { first, count: 1 };
  const range = sign === '/' ? network(first, end) : upTo(first, end);
  if ('code' in range || range.count <= mostAddresses) return range;
  return badRange(
    text,
    `has more than ${mostAddresses} addresses`,
    'use a firewall mark for so many',
    'none',
  );
}

function network(first: IpAddress, length: string): Range | Problem {
  const text = `${first}/${length}`;
  const bits = familyOf(first) === 4 ? 32 : 128;
  const host = bits - Number(length);
  if (!/^\d{1,3}$/.test(length) || host < 0) {
    return badRange(text, 'has a wrong prefix length', `write a prefix length from 0 to ${bits}`);
  }
  const tail = numberOf(first) & ((1n << BigInt(host)) - 1n);
  if (tail !== 0n) return badRange(text, 'has bits set behind the prefix', 'write the network address');
  return { first, count: host > 32 ? Number.POSITIVE_INFINITY : 2 ** host };
}

function upTo(first: IpAddress, end: string): Range | Problem {
  const text = `${first}-${end}`;
  const last = parseAddress(end) ?? withLastPart(first, end);
  if (last === undefined || familyOf(last) !== familyOf(first)) {
    const remedy =
      familyOf(first) === 4
        ? 'write the last number of the last address (0 to 255), or that address'
        : 'write the last 16 bits of the last address in hexadecimal digits, or that address';
    return badRange(text, 'has a wrong end', remedy);
  }
  if (compareAddresses(last, first) <= 0) {
    return badRange(text, 'ends before it has begun', 'write the lower address first');
  }
  return { first, count: Number(numberOf(last) - numberOf(first)) + 1 };
}

/** `10.0.0.1-9`: the last number in decimal; `2001:db8::1-1f`: the last 16 bits in hexadecimal digits. */
function withLastPart(first: IpAddress, end: string): IpAddress | undefined {
  const isIpv4 = familyOf(first) === 4;
  if (!(isIpv4 ? /^\d{1,3}$/ : /^[0-9a-f]{1,4}$/i).test(end)) return undefined;
  const value = Number.parseInt(end, isIpv4 ? 10 : 16);
  if (isIpv4 && value > 255) return undefined;
  const low = isIpv4 ? 0xffn : 0xffffn;
  return addressOf((numberOf(first) & ~low) | BigInt(value), addressBytes(first).length);
}

const spellOut = ({ first, count }: Range): readonly IpAddress[] => {
  const [start, length] = [numberOf(first), addressBytes(first).length];
  return Array.from({ length: count }, (_, i) => addressOf(start + BigInt(i), length));
};

const numberOf = (address: IpAddress): bigint =>
  addressBytes(address).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

const addressOf = (value: bigint, length: number): IpAddress =>
  addressFromBytes(
    Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * (length - 1 - i))) & 0xffn)),
  );

const badRange = (
  text: string,
  what: string,
  remedy: string,
  keepalived: 'reported' | 'none' = 'reported',
): Problem => ({ code: 'bad-range', message: `${text} ${what}`, word: 0, remedy, keepalived });
