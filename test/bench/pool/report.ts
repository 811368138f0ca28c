import { table } from '../../lab-support/table.ts';
import { median } from '../figure.ts';
import type { PoolMeasured } from './inside.ts';

/** The lines of a guest's output that are results. */
export const readMeasured = (stdout: string): readonly PoolMeasured[] =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): PoolMeasured => JSON.parse(line));

const figures: Readonly<Record<string, readonly [unit: string, what: string]>> = {
  skeleton: ['ms', 'the processes are ready, nothing done'],
  complete: ['ms', 'start of the program to the complete table'],
  afterSkeleton: ['ms', '  without what the processes alone take'],
  startProcessor: ['s', '  processor time until then'],
  memory: ['KiB', 'memory of all processes (PSS)'],
  reloadProcessor: ['s', 'SIGHUP without a change: processor time'],
  visible: ['ms', 'SIGHUP with one other weight: until the kernel has it'],
  changeProcessor: ['s', '  processor time'],
  stop: ['ms', 'SIGTERM to the end'],
  left: ['', '  entries left behind'],
  processor: ['%', 'processor time of the checks'],
};

/** Medians side by side, with smallest and largest value; the last column is our part of keepalived's. */
export function poolReport(measured: readonly PoolMeasured[]): readonly string[] {
  const daemons = [...new Set(measured.map(({ daemon }) => daemon))].toSorted((a, b) => (a < b ? -1 : 1));
  return [...new Set(measured.map(({ what }) => what))].flatMap((what) => {
    const rows = Object.entries(figures).flatMap(([figure, [unit, name]]) => {
      const values = daemons.map((daemon) => valuesOf(measured, what, daemon, figure));
      if (values.every((list) => list.length === 0)) return [];
      return [[name, ...values.map((list) => cell(list, unit)), ratio(values)]];
    });
    return ['', ...table([[what, ...daemons, 'ratio'], ...rows])];
  });
}

const valuesOf = (
  all: readonly PoolMeasured[],
  what: string,
  daemon: string,
  figure: string,
): readonly number[] =>
  all.flatMap((one) => (one.what === what && one.daemon === daemon ? (one.figures[figure] ?? []) : []));

function cell(values: readonly number[], unit: string): string {
  const middle = median(values);
  if (middle === undefined) return 'not measured';
  const shown = (value: number): string => value.toFixed(unit === 's' ? 2 : unit === '%' ? 1 : 0);
  return `${shown(middle)} ${unit} (${shown(Math.min(...values))} to ${shown(Math.max(...values))})`;
}

function ratio(values: readonly (readonly number[])[]): string {
  const [first, second] = values.map(median);
  return first === undefined || second === undefined || second === 0 ? '-' : (first / second).toFixed(2);
}
