import type { VrrpInstance } from '@holdfast/config';
import { toMillis } from '@holdfast/kit';
import { readSent, versionOf } from '../world/packets.ts';
import type { Check, Report } from './types.ts';

/**
 * The receive path: what a router of the fleet sends is believed by whoever it is valid for, and what fails a check of
 * RFC 9568 §7.1 (a stranger's garbage, version 2 with another interval) reaches no state and no timer.
 * @param isStranger whether a packet comes from the one who sends nothing but garbage
 */
export function believed(isStranger: (packet: Uint8Array) => boolean, report: Report): Check {
  return {
    observe(o) {
      if (o.kind !== 'received') return;
      const must = !isStranger(o.packet) && isValidFor(o.config, o.packet);
      if (o.believed === must) return;
      const text = o.believed ? 'a packet that has to be dropped is believed' : 'a valid advert is dropped';
      report({ rule: 'receive path', at: o.at, router: o.router, text });
    },
    finish: () => undefined,
  };
}

function isValidFor(config: VrrpInstance, packet: Uint8Array): boolean {
  if (versionOf(packet) !== config.version) return false;
  const { advertInterval } = readSent(packet);
  return config.version === 3 || toMillis(advertInterval) === toMillis(config.advertInterval);
}
