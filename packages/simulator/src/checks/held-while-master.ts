import { addressText } from '../world/kernel.ts';
import type { Check, Report, View } from './types.ts';

/** Whenever a worker has done all it was told, the kernel holds all of its addresses as a master, else none at all. */
export function heldWhileMaster(view: View, report: Report): Check {
  return {
    observe(o) {
      if (o.kind !== 'turn') return;
      const host = view.hosts.get(o.router);
      if (host?.worker === undefined || !host.worker.idle) return;
      const { state, config } = host.worker;
      const wanted = state.phase.kind === 'master' ? config.virtualAddresses.map(addressText) : [];
      const held = [...host.kernel.addresses.keys()];
      if (held.length === wanted.length && wanted.every((a) => held.includes(a))) return;
      const text = `as ${state.phase.kind} it holds [${held.join(', ')}], not [${wanted.join(', ')}]`;
      report({ rule: 'addresses held while master', at: o.at, router: o.router, text });
    },
    finish: () => undefined,
  };
}
