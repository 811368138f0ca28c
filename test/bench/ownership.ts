import type { AddressChange } from '../lab-support/address-watch.ts';

/**
 * For how long, in microseconds, nobody had an address within a span, and for how long more than one had.
 * @param owner who has it at the beginning
 */
export function ownership(
  changes: readonly AddressChange[],
  address: string,
  owner: string,
  from: number,
  to: number,
): { readonly none: number; readonly both: number } {
  const owners = new Set([owner]);
  const within = changes.filter((change) => change.address === address && change.at > from && change.at < to);
  let [none, both, since] = [0, 0, from];
  const pass = (at: number): void => {
    if (owners.size === 0) none += at - since;
    if (owners.size > 1) both += at - since;
    since = at;
  };
  for (const { at, host, change } of within) {
    pass(at);
    if (change === 'added') owners.add(host);
    else owners.delete(host);
  }
  pass(to);
  return { none, both };
}
