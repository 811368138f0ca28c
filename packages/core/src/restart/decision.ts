import { nothingSaved, type PoolWishes, type SavedPools } from '@holdfast/healthcheck';
import { type Micros, plus, seconds } from '@holdfast/kit';
import { resumeUntil, type SavedInstance } from '@holdfast/vrrp';
import { withdrawn } from '../supervisor/guard.ts';

/** What a daemon leaves behind for the one that is started next. */
export interface RestartNote {
  /** The boot and the network namespace that it speaks of. */
  readonly place: string;
  /** Fingerprint of the configuration that was in force. */
  readonly configuration: string;
  /** When it was written, by the monotonic clock. */
  readonly leftAt: Micros;
  /** The state and the last advert of each instance. */
  readonly instances: readonly SavedInstance[];
  readonly pools: SavedPools;
  readonly orders: Orders;
}

/** What operators want instead of the configuration. */
export interface Orders {
  /** The instances that they have handed over. */
  readonly handedOver: readonly string[];
  readonly wishes: PoolWishes;
}

export interface RestartDecision {
  readonly outcome:
    | 'nothing-left'
    /** Every master goes on. */
    | 'goes-on'
    /** For some master half of its interval has passed: a backup may be about to take over. */
    | 'too-late'
    | 'other-configuration';
  /** What the new worker is told; masters among them may go on if it is quick. */
  readonly instances: readonly SavedInstance[];
  /** Masters that were: their addresses go before anything else is done. */
  readonly withdraw: readonly SavedInstance[];
  readonly pools: SavedPools | undefined;
  readonly orders: Orders | undefined;
}

const nothing = { instances: [], withdraw: [], pools: undefined, orders: undefined } as const;

/** Health that is older than this is asked for anew; whose services the table holds, and what it held before, does not grow old. */
const healthKeeps = seconds(60);

/**
 * Whether a daemon goes on where its predecessor stopped. A master does so only while less than half of the smallest
 * Master_Down_Interval that a backup may be using has passed since its last advert; what is too late, or of another
 * configuration, is withdrawn before anybody listens: never two owners.
 * @param note what the predecessor left, if it stopped for a restart; a crash leaves none
 */
export function decideRestart(
  note: RestartNote | undefined,
  present: { readonly place: string; readonly configuration: string; readonly now: Micros },
): RestartDecision {
  // After a boot the kernel is empty; in another network namespace nothing of it is ours.
  if (note === undefined || note.place !== present.place) return { outcome: 'nothing-left', ...nothing };
  const masters = note.instances.filter(({ phase }) => phase === 'master');
  const { written, timeoutsBefore } = note.pools;
  const ofTheKernel: SavedPools = {
    ...nothingSaved,
    written,
    ...(timeoutsBefore === undefined ? {} : { timeoutsBefore }),
  };
  if (note.configuration !== present.configuration) {
    return {
      ...nothing,
      outcome: 'other-configuration',
      withdraw: masters,
      pools: ofTheKernel,
    };
  }
  const late = masters.filter((saved) => !inTime(saved, present.now));
  const isFresh = note.leftAt <= present.now && present.now < plus(note.leftAt, healthKeeps);
  return {
    outcome: late.length > 0 ? 'too-late' : 'goes-on',
    instances: note.instances.map((saved) => (late.includes(saved) ? withdrawn(saved) : saved)),
    withdraw: late,
    pools: isFresh ? note.pools : ofTheKernel,
    orders: note.orders,
  };
}

/** An advert of the future is nonsense: the clock only goes forward, except over a boot. */
function inTime(saved: SavedInstance, now: Micros): boolean {
  const until = resumeUntil(saved);
  return until !== undefined && saved.lastAdvertAt !== undefined && saved.lastAdvertAt <= now && now < until;
}
