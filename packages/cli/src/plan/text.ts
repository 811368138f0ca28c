import { type Change, changesNothing, everyPlanned, type Fate, type Planned } from '@holdfast/config';
import type { Colours } from '../control/colours.ts';
import type { ReloadOutlook } from './outlook.ts';

const signs: Readonly<Record<Fate, string>> = {
  added: '+',
  removed: '-',
  replaced: '±',
  changed: '~',
  kept: '=',
};

/** A reload on one screen: what is refused, what changes and what comes of it, and how much is kept. */
export function planText({ from, to, refused, plan, notes }: ReloadOutlook, colours: Colours): string {
  return [
    colours.strong(`${from} -> ${to}`),
    ...plan.flatMap((one) => objectLines(one, '  ', colours)),
    colours.quiet(`  = kept: ${kept(plan)}`),
    ...notes.map((note) => colours.quiet(`  note: ${note}`)),
    ...refused.map((reason) => `  ${colours.bad('refused:')} ${reason}`),
    summary(refused, plan, colours),
  ].join('\n');
}

function objectLines(one: Planned, indent: string, colours: Colours): readonly string[] {
  if (one.fate === 'kept') return [];
  const before = one.was === undefined ? '' : ` (was ${one.was})`;
  const title = `${signs[one.fate]} ${`${one.kind} ${one.name}`.trimEnd()}${before}`;
  const inner = `${indent}    `;
  return [
    `${indent}${paintOf(one.fate, colours)(title)}`,
    ...one.changes.map((change) => `${inner}${changeText(change)}`),
    ...one.parts.flatMap((part) => objectLines(part, inner, colours)),
    ...one.consequences.map(({ kind, text }) =>
      kind === 'transition' ? `${inner}${colours.odd(`! ${text}`)}` : `${inner}${colours.quiet(`· ${text}`)}`,
    ),
  ];
}

function paintOf(fate: Fate, { good, bad, strong }: Colours): (text: string) => string {
  if (fate === 'added') return good;
  return fate === 'removed' || fate === 'replaced' ? bad : strong;
}

const changeText = ({ property, before, after }: Change): string =>
  `${property}: ${before ?? 'unset'} -> ${after ?? 'unset'}`;

/** `1 vrrp_instance, 12 real_server`: the objects that a reload does not touch. */
function kept(plan: readonly Planned[]): string {
  const counts = new Map<string, number>();
  for (const { kind, fate } of everyPlanned(plan))
    if (fate === 'kept' && kind !== 'global_defs') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ') || 'nothing';
}

function summary(refused: readonly string[], plan: readonly Planned[], { good, bad, odd }: Colours): string {
  if (refused.length > 0) return bad('A reload would be refused: the daemon keeps what it runs.');
  if (changesNothing(plan)) return good('A reload would change nothing.');
  const all = everyPlanned(plan);
  const touched = plan.filter(({ fate }) => fate !== 'kept').length;
  const moves = all.filter(({ consequences }) => consequences.some(({ kind }) => kind === 'transition'));
  const what = `A reload would change ${touched} object${touched === 1 ? '' : 's'}`;
  return moves.length === 0
    ? good(`${what}; no master changes by it.`)
    : odd(`${what}; a master may change by: ${moves.map(({ kind, name }) => `${kind} ${name}`).join(', ')}.`);
}
