import { type Micros, micros, millis, toSeconds } from '@holdfast/kit';
import type { Host } from '../world/host.ts';
import { canHear } from './can-hear.ts';
import type { Check, Report, View } from './types.ts';

/**
 * Safety: two routers that hear each other do not both hold the address for longer than it takes for an advert of
 * either to arrive, which is an interval and the LAN's delay. Time begins anew when something about them changes.
 */
export function twoMasters(view: View, report: Report): Check {
  const since = new Map<string, Micros>();
  const hosts = [...view.hosts.values()];
  const pairs = hosts.flatMap((a, i) => hosts.slice(i + 1).map((b): readonly [Host, Host] => [a, b]));

  const look = (at: Micros, disturbed: string | undefined): void => {
    for (const [a, b] of pairs) {
      const key = `${a.name}${b.name}`;
      const begun = since.get(key);
      if (!bothHold(view, a, b)) {
        since.delete(key);
        continue;
      }
      if (begun === undefined || disturbed === a.name || disturbed === b.name || disturbed === 'all') {
        since.set(key, at);
      } else if (at - begun > longest(view, a, b)) {
        const text = `it and ${b.name} both hold the address since ${toSeconds(begun)} s, and hear each other`;
        report({ rule: 'two masters', at, router: a.name, text });
      }
    }
  };
  return {
    observe(o) {
      if (o.kind === 'condition') look(o.at, o.router);
      else if (o.kind === 'turn' || o.kind === 'addresses') look(o.at, undefined);
      else if (o.kind === 'woke') look(o.at, o.router);
    },
    finish: (at) => {
      look(at, undefined);
    },
  };
}

function bothHold(view: View, a: Host, b: Host): boolean {
  return (
    a.kernel.addresses.size > 0 && b.kernel.addresses.size > 0 && canHear(view, a, b) && canHear(view, b, a)
  );
}

function longest({ lan }: View, a: Host, b: Host): Micros {
  const interval = Math.max(a.config.advertInterval, b.config.advertInterval);
  return micros(interval + 2 * lan.weather.delayUpTo + millis(2));
}
