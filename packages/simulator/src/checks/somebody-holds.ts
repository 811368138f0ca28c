import { type Micros, micros, millis, seconds, toSeconds } from '@holdfast/kit';
import type { Host } from '../world/host.ts';
import { listens } from './can-hear.ts';
import { exactMasterDown } from './referee/timers.ts';
import type { Check, Report, View } from './types.ts';

/**
 * Liveness: where a healthy router runs and nothing has disturbed the fleet lately, somebody holds the address. The
 * time that is allowed is the longest Master_Down_Interval that anybody in the story can be going by.
 */
export function somebodyHolds(view: View, report: Report): Check {
  let emptySince: Micros | undefined;
  const patience = longestDownInterval(view);

  const look = (at: Micros, disturbed: boolean): void => {
    const hosts = [...view.hosts.values()];
    const isHeld = hosts.some((host) => host.running && host.linkUp && host.kernel.addresses.size > 0);
    const isCalm = view.lan.weather.loss === 0 && hosts.some((host) => isHealthy(host));
    if (isHeld || !isCalm || disturbed) {
      emptySince = isHeld || !isCalm ? undefined : at;
      return;
    }
    emptySince = emptySince ?? at;
    if (at - emptySince <= patience) return;
    const healthy = hosts.filter(isHealthy).map(({ name }) => name);
    const text = `nobody holds the address since ${toSeconds(emptySince)} s, though ${healthy.join(', ')} could`;
    report({ rule: 'nobody holds', at, router: healthy[0] ?? '', text });
  };
  return {
    observe(o) {
      if (o.kind === 'condition' || o.kind === 'woke') look(o.at, true);
      else if (o.kind === 'turn' || o.kind === 'addresses') look(o.at, false);
    },
    finish: (at) => {
      look(at, false);
    },
  };
}

/** It may take part in the election: it runs, and neither FAULT nor an undecided script keeps it out. */
export function isHealthy(host: Host): boolean {
  const phase = host.worker?.state.surroundings;
  return listens(host) && phase !== undefined && phase.faults.length === 0 && !phase.undecided;
}

/** Of all intervals and configurations that the story knows, and a little for what was on its way. */
export function longestDownInterval({ story }: View): Micros {
  const changed = story.acts.flatMap((act) =>
    act.kind === 'reload' && act.change.advertInterval !== undefined ? [act.change.advertInterval] : [],
  );
  const interval = Math.max(...changed, ...story.fleet.map(({ config }) => config.advertInterval));
  const downs = story.fleet.map(({ config }) => exactMasterDown(config, 1, Math.max(interval, seconds(0))));
  return micros(Math.max(...downs) + interval / 2 + millis(50));
}
