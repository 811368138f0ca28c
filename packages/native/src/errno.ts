import { constants } from 'node:os';

/** Numbers Node has no names for, which the kernel's networking returns: asm-generic/errno.h. */
const furtherNames: readonly (readonly [string, number])[] = [
  ['ENOTUNIQ', 76],
  ['ENOPKG', 65],
  ['EADDRNOTAVAIL', 99],
  ['ESHUTDOWN', 108],
  ['EUCLEAN', 117],
  ['ENOTSUPP', 524],
];

const nameOfNumber = new Map<number, string>([
  ...furtherNames.map(([name, number]) => [number, name] as const),
  ...Object.entries(constants.errno)
    // Two names share 95 and 11; the kernel's manuals use these.
    .filter(([name]) => name !== 'ENOTSUP' && name !== 'EWOULDBLOCK')
    .map(([name, number]) => [number, name] as const),
]);

/** The name of an errno. @param errno positive @returns 'ENODEV', or 'errno 999' for a number without a name */
export const errnoName = (errno: number): string => nameOfNumber.get(errno) ?? `errno ${errno}`;
