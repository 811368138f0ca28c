import { later, type Micros, micros, toSeconds } from '@holdfast/kit';
import type { SavedInstance } from '@holdfast/vrrp';
import type { RouterName } from '../story/types.ts';
import type { Host } from '../world/host.ts';
import { tolerance } from './tolerance.ts';
import type { Check, Report, View } from './types.ts';

/**
 * While the worker is dead nobody advertises. Half the smallest Master_Down_Interval after its last advert, at the
 * latest, a successor is back at work or the addresses are gone: before any backup can have taken over.
 */
export function workerless(view: View, report: Report): Check {
  const dead = new Map<RouterName, Micros>();
  /** Those of a daemon that ended for a restart: nobody is there, and the kernel has to see to it. */
  const between = new Set<RouterName>();

  const judge = (router: RouterName, until: Micros, at: Micros): void => {
    const host = view.hosts.get(router);
    if (
      at <= until + tolerance.late ||
      host === undefined ||
      (!host.running && !between.has(router)) ||
      host.kernel.addresses.size === 0
    ) {
      return;
    }
    const text = `its worker is gone, and the address has been held since ${toSeconds(until)} s without right`;
    report({ rule: 'held without a worker', at, router, text });
  };
  return {
    observe(o) {
      if (o.kind === 'worker-gone') {
        between.delete(o.router);
        if (o.heldUntil !== undefined) between.add(o.router);
        const until =
          o.heldUntil ?? (o.saved === undefined ? undefined : rightUntil(o.saved, view.hosts.get(o.router)));
        if (until !== undefined) dead.set(o.router, later(until, o.at));
      } else if (o.kind === 'turn' || (o.kind === 'condition' && o.gone === true)) dead.delete(o.router);
      // Within a turn of its successor things are halfway; who is dead has no turn.
      if (o.kind === 'turn' || o.kind === 'condition') {
        for (const [router, until] of dead) judge(router, until, o.at);
      }
    },
    finish(at) {
      for (const [router, until] of dead) judge(router, until, at);
    },
  };
}

function rightUntil(saved: SavedInstance, host: Host | undefined): Micros | undefined {
  if (saved.phase !== 'master' || saved.lastAdvertAt === undefined || host === undefined) return undefined;
  const smallest = Math.min(3, host.config.downTimerAdverts) * saved.masterAdvertInterval;
  return micros(saved.lastAdvertAt + smallest / 2);
}
