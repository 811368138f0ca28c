import { inMilliseconds } from './acts.ts';
import { type Paint, plainWidth } from './paint.ts';

/** A step in the summary. */
export interface Told {
  readonly name: string;
  readonly good: boolean;
  readonly seen: string;
  /** Requests that were answered, and that were not. */
  readonly answered: number;
  readonly lost: number;
  /** Longest time without service, in microseconds; 0: none. */
  readonly outage: number;
}

/** The table at the end: what happened, what the client lost, and whether it was as it should be. */
export function summary(told: readonly Told[], paint: Paint): readonly string[] {
  const rows = told.map(({ name, answered, lost, outage, good, seen }, index) => [
    `${index + 1}`,
    name,
    `${answered}`,
    `${lost}`,
    outage === 0 ? '-' : inMilliseconds(outage),
    good ? paint.green('ok') : paint.red('FAILED'),
    seen,
  ]);
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
