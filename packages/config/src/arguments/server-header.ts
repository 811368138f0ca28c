import { type IpAddress, parseAddress } from '@holdfast/kit';
import type { Argument, Problem } from '../keywords/row.ts';
import type { Word } from '../language/words.ts';
import { badAddress } from './address.ts';
import { readMark } from './mark.ts';
import { isPlaceholder, missing, placeholder, plainly, refused } from './reading.ts';

/** What a `virtual_server` is reached by. */
export type ServiceHeader =
  | { readonly kind: 'address'; readonly address: IpAddress; readonly port: number }
  | { readonly kind: 'fwmark'; readonly mark: number }
  | { readonly kind: 'group'; readonly name: string };

/** `ADDRESS [PORT]`, `fwmark MARK` or `group NAME` */
export const serviceHeader: Argument<ServiceHeader> = {
  syntax: 'ADDRESS [PORT] | fwmark MARK | group NAME',
  read: ({ words: [keyword, first, second] }) => {
    if (first === undefined) return missing(keyword.text, 'ADDRESS [PORT]');
    if (first.text === 'group' && second !== undefined) return plainly({ kind: 'group', name: second.text });
    if (first.text === 'fwmark' && second !== undefined) {
      const mark = readMark(second.text);
      return typeof mark === 'number' ? plainly({ kind: 'fwmark', mark }) : refused({ ...mark, word: 2 });
    }
    const server = serverAddress(first, second);
    return 'problem' in server ? refused(server.problem) : plainly({ kind: 'address', ...server });
  },
};

export interface ServerAddress {
  readonly address: IpAddress;
  /** 0: none is given. */
  readonly port: number;
}

/** `ADDRESS [PORT]` */
export const realServerHeader: Argument<ServerAddress> = {
  syntax: 'ADDRESS [PORT]',
  read: ({ words: [keyword, first, second] }) => {
    if (first === undefined) return missing(keyword.text, 'ADDRESS [PORT]');
    const server = serverAddress(first, second);
    return 'problem' in server ? refused(server.problem) : plainly(server);
  },
};

/** `ADDRESS [PORT]` on a line without a block */
export const sorryServerAddress: Argument<ServerAddress> = {
  syntax: realServerHeader.syntax,
  read: (statement) => {
    const { value, problems } = realServerHeader.read(statement);
    return { value, problems: problems.map((problem) => ({ ...problem, used: 'there is no sorry server' })) };
  },
};

function serverAddress(first: Word, second: Word | undefined): ServerAddress | { readonly problem: Problem } {
  if (isPlaceholder(first.text) || (second !== undefined && isPlaceholder(second.text))) {
    const left = [first.text, ...(second === undefined ? [] : [second.text])].filter(isPlaceholder);
    const index = isPlaceholder(first.text) ? 1 : 2;
    return { problem: { ...placeholder(left.join(' and '), index), used: 'the block is skipped' } };
  }
  const address = parseAddress(first.text);
  if (address === undefined)
    return { problem: { ...badAddress(first.text, 1), used: 'the block is skipped' } };
  if (second === undefined) return { address, port: 0 };
  const port = portOf(second.text);
  if (port !== undefined) return { address, port };
  const message = `"${second.text}" is not a port`;
  return {
    problem: {
      code: 'bad-port',
      message,
      word: 2,
      used: 'the block is skipped',
      remedy: 'write a number from 1 to 65535; names of services are not looked up',
    },
  };
}

/** An address with a port as they are written nearly always; undefined: it needs a closer look. */
export function plainServerAddress(first: string, second: string): ServerAddress | undefined {
  const address = parseAddress(first);
  const port = portOf(second);
  return address === undefined || port === undefined || port === 0 ? undefined : { address, port };
}

/** One to five digits, read by hand: a long file has hundreds of thousands of them. A sign may stand before them. */
function portOf(text: string): number | undefined {
  if (text.charCodeAt(0) === plus) return text.charCodeAt(1) === plus ? undefined : portOf(text.slice(1));
  if (text.length > 5) return undefined;
  let port = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - zero;
    if (digit < 0 || digit > 9) return undefined;
    port = port * 10 + digit;
  }
  return text.length > 0 && port <= 65_535 ? port : undefined;
}

const [zero, plus] = [0x30, 0x2b];
