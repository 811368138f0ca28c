import type { IpAddress } from '@holdfast/kit';
import type { Check, Report } from './types.ts';

/** A packet that fails a check of RFC 9568 §7.1 reaches no state and no timer. */
export function unheardStrangers(stranger: IpAddress, report: Report): Check {
  return {
    observe(o) {
      if (o.kind !== 'step' || o.event.kind !== 'advert' || o.event.advert.source !== stranger) return;
      const text = 'a packet that ought to be dropped reaches the state machine';
      report({ rule: 'discarded packets', at: o.at, router: o.router, text });
    },
    finish: () => undefined,
  };
}
