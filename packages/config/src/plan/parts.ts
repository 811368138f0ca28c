import type { Planned } from './planned.ts';

/**
 * Things that are known again by a key, in the order of the running list, new ones behind it.
 * @param one what becomes of a thing; one side is undefined for what comes or goes
 */
export function planParts<T>(
  before: readonly T[],
  after: readonly T[],
  key: (item: T) => string,
  one: (before: T | undefined, after: T | undefined) => Planned | undefined,
): readonly Planned[] {
  const next = new Map(after.map((item) => [key(item), item]));
  const old = new Map(before.map((item) => [key(item), item]));
  const stay = [...old].map(([name, item]) => one(item, next.get(name)));
  const come = [...next].map(([name, item]) => (old.has(name) ? undefined : one(undefined, item)));
  return [...stay, ...come].filter((item) => item !== undefined);
}
