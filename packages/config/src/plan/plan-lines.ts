import type { Consequence, Planned } from './planned.ts';

/** Consequences that a log should keep: who is master, and what has not happened yet. */
const worthALine: ReadonlySet<Consequence['kind']> = new Set(['transition', 'restart']);

/**
 * What a plan changes, for a log: one line for each thing that comes, goes or changes, in the order of the plan, without
 * what it consists of where it comes or goes as a whole. Nothing changes: no line.
 * @param most lines; what has no room is counted on one line more
 */
export function planLines(plan: readonly Planned[], most: number): readonly string[] {
  const touched = plan.flatMap((one) => touchedThings(one, ''));
  const rest = touched.slice(most);
  const lines = touched.slice(0, most).map(({ thing, inside }) => `${inside}${lineOf(thing)}`);
  return rest.length === 0 ? lines : [...lines, `and ${rest.length} more: ${counted(rest)}`];
}

interface Touched {
  readonly thing: Planned;
  /** What it is a part of: `virtual_server [10.0.0.9]:tcp:80: `. */
  readonly inside: string;
}

function touchedThings(thing: Planned, inside: string): readonly Touched[] {
  if (thing.fate === 'kept') return [];
  const isWhole = thing.fate === 'added' || thing.fate === 'removed';
  const says = isWhole || thing.fate === 'replaced' || thing.changes.length > 0 || thing.was !== undefined;
  return [
    ...(says ? [{ thing, inside }] : []),
    ...(isWhole ? [] : thing.parts.flatMap((part) => touchedThings(part, `${inside}${nameOf(thing)}: `))),
  ];
}

const nameOf = ({ kind, name }: Planned): string => `${kind} ${name}`.trimEnd();

const verbs = { added: 'is new', removed: 'is gone', replaced: 'is another one' } as const;

function lineOf(thing: Planned): string {
  const { fate, was, changes, consequences } = thing;
  const title = was === undefined ? nameOf(thing) : `${nameOf(thing)} (was ${was})`;
  const values = changes.map(
    ({ property, before, after }) => `${property} ${before ?? 'unset'} -> ${after ?? 'unset'}`,
  );
  const verb = fate === 'changed' || fate === 'kept' ? '' : ` ${verbs[fate]}${sizeOf(thing)}`;
  const what = values.length === 0 ? '' : `: ${values.join(', ')}`;
  const then = consequences.filter(({ kind }) => worthALine.has(kind)).map(({ text }) => `; ${text}`);
  return `${title}${verb}${what}${then.join('')}`;
}

/** How much comes with it: ` (10 real_server)`. */
function sizeOf({ fate, parts }: Planned): string {
  if (fate !== 'added' || parts.length === 0) return '';
  return ` (${counts(parts.map(({ kind }) => kind))})`;
}

const counted = (rest: readonly Touched[]): string =>
  counts(rest.map(({ thing }) => `${thing.kind} ${thing.fate}`));

function counts(names: readonly string[]): string {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return [...found].map(([name, count]) => `${count} ${name}`).join(', ');
}
