import { cpus, release } from 'node:os';
import { table } from '../lab-support/table.ts';
import type { Contender } from './contender.ts';
import { type Figure, figures, type Measured, median, type Unit } from './figure.ts';

/** What each contender measured, run by run. */
export type Results = ReadonlyMap<Contender['name'], readonly Measured[]>;

/** Medians side by side, with smallest and largest value; the last column is the first contender's part of the second. */
export function report(results: Results): readonly string[] {
  const names = [...results.keys()];
  const header = ['median (smallest to largest)', ...names, ...(names.length > 1 ? ['ratio'] : [])];
  const rows = figures
    .filter(([figure]) => names.some((name) => valuesOf(results, name, figure).length > 0))
    .map(([figure, unit, what]) => [
      what,
      ...names.map((name) => cell(valuesOf(results, name, figure), unit)),
      ...(names.length > 1 ? [ratio(results, figure)] : []),
    ]);
  return table([header, ...rows]);
}

function cell(values: readonly number[], unit: Unit): string {
  const middle = median(values);
  if (middle === undefined) return 'not measured';
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${shown(middle, unit)} ${unit} (${shown(least, unit)} to ${shown(most, unit)})`;
}

function shown(value: number, unit: Unit): string {
  return unit === 'ms' && value < 10_000 ? value.toFixed(value < 10 ? 3 : 1) : value.toFixed(0);
}

function ratio(results: Results, figure: Figure): string {
  const [first, second] = [...results.keys()].map((name) => median(valuesOf(results, name, figure)));
  return first === undefined || second === undefined || second === 0 ? '-' : (first / second).toFixed(2);
}

const valuesOf = (results: Results, name: Contender['name'], figure: Figure): readonly number[] =>
  (results.get(name) ?? []).flatMap((run) => run[figure] ?? []);

/** Every value, with what it was measured on. */
export function asJson(results: Results): string {
  const machine = { kernel: release(), node: process.version, processors: cpus().map(({ model }) => model) };
  const measured = figures.map(([figure, unit, what]) => ({
    figure,
    unit,
    what: what.trim(),
    values: Object.fromEntries([...results.keys()].map((name) => [name, valuesOf(results, name, figure)])),
    medians: Object.fromEntries(
      [...results.keys()].map((name) => [name, median(valuesOf(results, name, figure))]),
    ),
  }));
  return JSON.stringify({ machine, figures: measured }, undefined, 2);
}
