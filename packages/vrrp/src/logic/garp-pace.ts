import { type IpAddress, type Micros, plus } from '@holdfast/kit';

/** Gratuitous ARPs of one interface that wait for their turn (keepalived.conf(5) `vrrp_garp_interval`). */
export interface GarpPace {
  /** The first one is next; one that has more to come goes to the end. */
  readonly waiting: readonly { readonly address: IpAddress; readonly left: number }[];
  /** Not before this; `undefined`: none has been sent lately. */
  readonly notBefore: Micros | undefined;
}

export const noGarps: GarpPace = { waiting: [], notBefore: undefined };

/** More for each address; one that waits already is not announced more often than the last wish asks for. */
export function queueGarps(pace: GarpPace, addresses: readonly IpAddress[], repeat: number): GarpPace {
  const wanted = new Set(addresses);
  const others = pace.waiting.filter(({ address }) => !wanted.has(address));
  return { ...pace, waiting: [...others, ...[...wanted].map((address) => ({ address, left: repeat }))] };
}

/** Addresses that are not ours any more must not be announced. */
export function dropGarps(pace: GarpPace, addresses: ReadonlySet<IpAddress>): GarpPace {
  return { ...pace, waiting: pace.waiting.filter(({ address }) => !addresses.has(address)) };
}

/** The one that may go now, if any. A stall is not caught up with: the next one keeps the distance. */
export function takeGarp(
  pace: GarpPace,
  interval: Micros,
  now: Micros,
): { readonly address: IpAddress | undefined; readonly pace: GarpPace } {
  const [first, ...rest] = pace.waiting;
  if (first === undefined || (pace.notBefore !== undefined && now < pace.notBefore)) {
    return { address: undefined, pace };
  }
  const again = first.left > 1 ? [{ address: first.address, left: first.left - 1 }] : [];
  return {
    address: first.address,
    pace: { waiting: [...rest, ...again], notBefore: plus(now, interval) },
  };
}

/** When `takeGarp` gives something next; `undefined` while nothing waits. */
export const nextGarp = ({ waiting, notBefore }: GarpPace, now: Micros): Micros | undefined =>
  waiting.length === 0 ? undefined : (notBefore ?? now);
