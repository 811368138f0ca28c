import type { Check, Report, View } from './types.ts';

/** After a stall what has arrived comes before what is due: who was heard meanwhile is not taken over from. */
export function readBeforeActing(view: View, report: Report): Check {
  return {
    observe(o) {
      if (o.kind !== 'step' || o.event.kind !== 'deadline') return;
      const unread = view.hosts.get(o.router)?.worker?.unread ?? 0;
      if (unread === 0) return;
      const text = `it acts on its timer, and ${unread} packets that came before have not been read`;
      report({ rule: 'read before acting', at: o.at, router: o.router, text });
    },
    finish: () => undefined,
  };
}
