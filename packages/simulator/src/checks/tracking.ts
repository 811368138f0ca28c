import type { Check, Report } from './types.ts';

/** What tracked scripts and the interface come to is what keepalived.conf(5) says they come to. */
export function tracking(report: Report): Check {
  return {
    observe(o) {
      if (o.kind !== 'surroundings') return;
      const { made, truth } = o;
      const same =
        made.weight === truth.weight &&
        made.faults.length > 0 === truth.faulty &&
        made.undecided === truth.undecided;
      if (same) return;
      const text = `it makes ${JSON.stringify(made)} of ${JSON.stringify(truth)}`;
      report({ rule: 'tracking', at: o.at, router: o.router, text });
    },
    finish: () => undefined,
  };
}
