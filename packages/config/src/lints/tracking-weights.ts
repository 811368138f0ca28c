import { trackedEntry } from '../arguments/list-entries.ts';
import { entriesOf } from '../build/read.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import { instanceNamed, remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

/**
 * A weight moves the address only where it crosses the priority of another router, which this file does not tell; one
 * that takes everything leaves less than any other router has.
 */
export function weightMustCross({ context, config }: LintSubject): void {
  for (const { name, priority, trackScripts } of config.vrrpInstances) {
    const node = instanceNamed(context, name);
    if (node === undefined || priority === 255) continue;
    const raised = trackScripts.reduce((sum, one) => sum + Math.max(0, steady(one)), 0);
    const told = new Set<string>();
    for (const { value, statement } of entriesOf(node, rows.track_script, trackedEntry)) {
      const weight = trackScripts.find((entry) => entry.name === value.name)?.weight ?? 0;
      // A script that is tracked twice counts once, as its first entry says.
      if (weight === 0 || told.has(value.name)) continue;
      told.add(value.name);
      const before = within(priority + raised);
      const after = within(before - Math.abs(weight));
      if (after === 1) continue;
      remark(context, statement, {
        code: 'weight-must-cross',
        severity: 'warning',
        message: `when ${value.name} fails the priority falls from ${before} to ${after}: a router takes over only if its own is higher, and this file does not tell`,
        remedy: 'holdfast check --pair FILE FILE tells what the weight decides between the two',
      });
    }
  }
}

const steady = ({ weight, reverse }: { readonly weight: number; readonly reverse: boolean }): number =>
  reverse ? 0 : weight;

const within = (priority: number): number => Math.max(1, Math.min(254, priority));
