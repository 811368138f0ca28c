import { type Branch, type Piece, readPattern, type Times } from './syntax.ts';

/** From so many repetitions on a counted one is as bad as an endless one. */
const many = 25;

/** In how many ways a piece matches text of one character repeated: no character at all, or some; 2 stands for more. */
interface Ways {
  readonly none: number;
  readonly some: number;
}

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
/** Characters that stand for all others are among them. */
const alphabet: readonly string[] = [...printable, '\n', '\t', 'é'];

/**
 * The first part of a pattern whose search can take exponential time: a repetition around something that matches a row
 * of one and the same character in more than one way, as `(a+)+` or `(a|a)*` do. A repetition that gives nothing back
 * (possessive or atomic) is harmless. Other texts than rows of one character are not looked at: it finds the usual cases.
 *
 * @returns its text, or `undefined`
 */
export function endlessRepetition(pattern: string): string | undefined {
  return firstIn(readPattern(pattern));
}

function firstIn(branches: readonly Branch[]): string | undefined {
  for (const piece of branches.flat()) {
    if (piece.kind !== 'group') continue;
    const inner = firstIn(piece.branches);
    if (inner !== undefined) return inner;
    if (piece.times.most >= many && !piece.times.possessive && isAmbiguous(piece.branches)) return piece.text;
  }
  return undefined;
}

const isAmbiguous = (branches: readonly Branch[]): boolean =>
  alphabet.some((character) => waysOfBranches(branches, character).some > 1);

function waysOfBranches(branches: readonly Branch[], character: string): Ways {
  const each = branches.map((branch) => waysOfBranch(branch, character));
  return { none: sum(each.map(({ none }) => none)), some: sum(each.map(({ some }) => some)) };
}

function waysOfBranch(branch: Branch, character: string): Ways {
  let ways: Ways = { none: 1, some: 0 };
  for (const piece of branch) {
    const next = waysOf(piece, character);
    const all = (ways.none + ways.some) * (next.none + next.some);
    const none = ways.none * next.none;
    ways = { none: capped(none), some: capped(all - none) };
  }
  return ways;
}

function waysOf(piece: Piece, character: string): Ways {
  if (piece.kind === 'empty') return { none: 1, some: 0 };
  const once: Ways =
    piece.kind === 'set'
      ? { none: 0, some: piece.accepts(character) ? 1 : 0 }
      : waysOfBranches(piece.branches, character);
  return repeated(once, piece.times);
}

function repeated({ none, some }: Ways, { least, most, possessive }: Times): Ways {
  const nothing = least === 0 ? capped(none + 1) : none;
  if (some === 0) return { none: nothing, some: 0 };
  const varies = most > Math.max(1, least) && !possessive;
  return { none: nothing, some: varies ? 2 : some };
}

const sum = (numbers: readonly number[]): number => capped(numbers.reduce((total, one) => total + one, 0));
const capped = (ways: number): number => Math.min(2, ways);
