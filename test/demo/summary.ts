import type { Probe } from '../lab-support/probe.ts';
import { inMilliseconds } from './acts.ts';
import { type Paint, plainWidth } from './paint.ts';
import type { Outcome } from './step.ts';

export interface Told {
  readonly name: string;
  readonly outcome: Outcome;
}

/** The table at the end: what happened, what the client lost, and whether it was as it should be. */
export function summary(told: readonly Told[], probe: Probe, paint: Paint): readonly string[] {
  const rows = told.map(({ name, outcome }, index) => {
    const { from, to, good, seen } = outcome;
    const outage = probe.outage(from, to);
    return [
      `${index + 1}`,
      name,
      `${probe.answered(from, to).length}`,
      `${probe.lost(from, to).length}`,
      outage === 0 ? '-' : inMilliseconds(outage),
      good ? paint.green('ok') : paint.red('FAILED'),
      seen,
    ];
  });
  return table([['', 'step', 'answered', 'lost', 'outage', '', 'what was seen'].map(paint.bold), ...rows]);
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => plainWidth(row[at] ?? ''))),
  );
  // Numbers stand to the right.
  const pad = (text: string, at: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - plainWidth(text)));
    return at >= 2 && at <= 4 ? space + text : text + space;
  };
  return rows.map((row) => row.map(pad).join('  ').trimEnd());
}
