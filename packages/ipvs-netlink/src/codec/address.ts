import { addressFromBytes, type Family, type IpAddress } from '@holdfast/kit';
import { addressFamily } from './constants.ts';

/** AF_INET or AF_INET6, by our family. */
export const familyNumber: Readonly<Record<Family, number>> = {
  4: addressFamily.inet,
  6: addressFamily.inet6,
};

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
