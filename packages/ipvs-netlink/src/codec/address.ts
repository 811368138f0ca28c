import { addressBytes, addressFromBytes, type Family, familyOf, type IpAddress } from '@holdfast/kit';
import { attribute, u16 } from './attributes.ts';
import { addressFamily } from './constants.ts';

/** union nf_inet_addr: 16 bytes in network order, an IPv4 address in the first 4 of them. */
export function inetAddress(type: number, value: IpAddress): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.set(addressBytes(value));
  return attribute(type, bytes);
}

export const family = (type: number, value: Family): Uint8Array =>
  u16(type, value === 4 ? addressFamily.inet : addressFamily.inet6);

export const familyOfAddress = (type: number, value: IpAddress): Uint8Array => family(type, familyOf(value));

/** The kernel takes 4 bytes for an IPv4 address as well. */
export function readInetAddress(bytes: Uint8Array | undefined, of: Family): IpAddress | undefined {
  const length = of === 4 ? 4 : 16;
  return bytes === undefined || bytes.length < length
    ? undefined
    : addressFromBytes(bytes.subarray(0, length));
}

export function readFamily(value: number | undefined): Family | undefined {
  if (value === addressFamily.inet) return 4;
  return value === addressFamily.inet6 ? 6 : undefined;
}
