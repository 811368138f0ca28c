import { micros } from '@holdfast/kit';
import type { Host } from '../world/host.ts';
import { canHear, understands } from './can-hear.ts';
import { priorityInForce } from './referee/timers.ts';
import { isHealthy } from './somebody-holds.ts';
import type { Check, Report, View } from './types.ts';

/** At the end, long after the last disturbance: one master, all others without the address, and the right one. */
export function settled(view: View, report: Report): Check {
  return {
    observe: () => undefined,
    finish(at) {
      if (at < view.story.endsAt) return;
      const object = (router: string, text: string): void => {
        report({ rule: 'settled', at: micros(at), router, text });
      };
      const healthy = [...view.hosts.values()].filter(isHealthy);
      const holders = [...view.hosts.values()].filter(
        (host) => host.running && host.kernel.addresses.size > 0,
      );
      const speakOneLanguage = healthy.every((a) => healthy.every((b) => understands(a.config, b.config)));
      if (healthy.length === 0 || !speakOneLanguage) return;
      const [master, ...others] = holders;
      if (master === undefined) {
        object(healthy[0]?.name ?? '', 'nobody holds the address');
      } else if (others.length > 0) {
        object(master.name, `${holders.map(({ name }) => name).join(' and ')} hold the address`);
      } else judgeMaster(view, master, healthy, object);
    },
  };
}

/** Everybody who prefers itself and could say so is a reason why this one should not be master (V-BK-11, V-BK-12). */
function judgeMaster(
  view: View,
  master: Host,
  healthy: readonly Host[],
  object: (router: string, text: string) => void,
): void {
  const ours = priority(master);
  for (const other of healthy) {
    if (other === master || other.config.nopreempt || !canHear(view, other, master)) continue;
    if (priority(other) > ours) {
      object(master.name, `it is master with priority ${ours}, though ${other.name} has ${priority(other)}`);
    }
  }
}

const priority = (host: Host): number =>
  priorityInForce(host.config, host.worker?.state.surroundings.weight ?? 0, host.handedOver);
