import { isIPv6 } from 'node:net';

declare const canonical: unique symbol;

export type Family = 4 | 6;

/** An IPv4 or IPv6 address in its one canonical spelling (RFC 5952), so that equal addresses are equal strings. */
export type IpAddress = string & { readonly [canonical]: 'IpAddress' };

/** Reads an address as people write it; `undefined` when it is none. A scope (`%eth0`) or prefix is not part of it. */
export function parseAddress(text: string): IpAddress | undefined {
  if (isDottedQuad(text)) return text as IpAddress;
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const bytes = ipv6Bytes(text);
  return addressFromBytes(bytes);
}

/** Four numbers from 0 to 255 in decimal without zeros in front; asked for hundreds of thousands in a long file. */
function isDottedQuad(text: string): boolean {
  let dots = 0;
  let digits = 0;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === dot) {
      if (digits === 0 || ++dots > 3) return false;
      digits = 0;
      value = 0;
    } else {
      if (code < zero || code > nine || (digits > 0 && value === 0)) return false;
      value = value * 10 + code - zero;
      digits++;
      if (value > 255) return false;
    }
  }
  return dots === 3 && digits > 0;
}

/** @throws RangeError when the text is no address: for constants and values that were checked before */
export function address(text: string): IpAddress {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new RangeError(`not an IP address: ${text}`);
  return parsed;
}

export const familyOf = (a: IpAddress): Family => (a.includes(':') ? 6 : 4);

/** The address in network byte order: 4 or 16 bytes. */
export function addressBytes(a: IpAddress): Uint8Array {
  const bytes = new Uint8Array(familyOf(a) === 4 ? 4 : 16);
  putAddress(bytes, 0, a);
  return bytes;
}

/** Writes the 4 or 16 bytes of an address, in network byte order, into others. @throws RangeError when they do not fit */
export function putAddress(bytes: Uint8Array, at: number, a: IpAddress): void {
  if (familyOf(a) === 6) {
    bytes.set(ipv6Bytes(a), at);
    return;
  }
  if (at + 4 > bytes.length) throw new RangeError(`no room for ${a} at ${at} of ${bytes.length} bytes`);
  let place = at;
  let value = 0;
  for (let i = 0; i < a.length; i++) {
    const code = a.charCodeAt(i);
    if (code === dot) {
      bytes[place++] = value;
      value = 0;
    } else value = value * 10 + code - zero;
  }
  bytes[place] = value;
}

const [dot, zero, nine] = [0x2e, 0x30, 0x39];

/** @param bytes 4 or 16 bytes in network byte order @throws RangeError for any other length */
export function addressFromBytes(bytes: Uint8Array): IpAddress {
  // Once for every packet: a template is several times as fast as join.
  if (bytes.length === 4) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}` as IpAddress;
  if (bytes.length !== 16) throw new RangeError(`an address has 4 or 16 bytes, not ${bytes.length}`);
  return ipv6Text(bytes) as IpAddress;
}

/** Negative, 0 or positive: the order of unsigned numbers in network byte order (RFC 9568 §6.4.3). */
export function compareAddresses(a: IpAddress, b: IpAddress): number {
  return Buffer.compare(addressBytes(a), addressBytes(b));
}

export function isMulticast(a: IpAddress): boolean {
  const first = addressBytes(a)[0] ?? 0;
  return familyOf(a) === 4 ? first >= 224 && first <= 239 : first === 0xff;
}

export const isLinkLocal = (a: IpAddress): boolean => /^fe[89ab]/.test(a) || a.startsWith('169.254.');

/** Whether `a` lies in the network of `network`/`prefixLength`. Addresses of different families never do. */
export function inNetwork(a: IpAddress, network: IpAddress, prefixLength: number): boolean {
  const [x, y] = [addressBytes(a), addressBytes(network)];
  if (x.length !== y.length) return false;
  for (let bit = 0; bit < prefixLength; bit++) {
    const mask = 0x80 >> (bit & 7);
    if (((x[bit >> 3] ?? 0) & mask) !== ((y[bit >> 3] ?? 0) & mask)) return false;
  }
  return true;
}

function ipv6Bytes(text: string): Uint8Array {
  const [head = '', tail] = withoutDottedQuad(text).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]),
  );
}

function withoutDottedQuad(text: string): string {
  const [whole, a, b, c, d] = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text) ?? [];
  if (whole === undefined) return text;
  const group = (high = '', low = ''): string => ((Number(high) << 8) | Number(low)).toString(16);
  return `${text.slice(0, -whole.length)}${group(a, b)}:${group(c, d)}`;
}

/** RFC 5952 §4: lower case, no leading zeros, the longest (first) run of two or more zero groups shortened. */
function ipv6Text(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (best.start < 0) return hex(groups);
  return `${hex(groups.slice(0, best.start))}::${hex(groups.slice(best.start + best.length))}`;
}
