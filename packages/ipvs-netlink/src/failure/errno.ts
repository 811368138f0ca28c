/** The errors that IPVS and its netlink socket are known to give, by the kernel's numbers. */
const names = new Map([
  [1, 'EPERM'],
  [2, 'ENOENT'],
  [3, 'ESRCH'],
  [4, 'EINTR'],
  [11, 'EAGAIN'],
  [12, 'ENOMEM'],
  [16, 'EBUSY'],
  [17, 'EEXIST'],
  [19, 'ENODEV'],
  [22, 'EINVAL'],
  [34, 'ERANGE'],
  [90, 'EMSGSIZE'],
  [95, 'EOPNOTSUPP'],
  [97, 'EAFNOSUPPORT'],
  [101, 'ENETUNREACH'],
  [105, 'ENOBUFS'],
]);

/** @param errno positive */
export const errnoName = (errno: number): string => names.get(errno) ?? `errno ${errno}`;

export function errnoNumber(name: string): number {
  for (const [number, known] of names) if (known === name) return number;
  return 0;
}
