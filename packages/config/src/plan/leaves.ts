/** Every value of an object by its path; lists and programs are one value, other objects are taken apart. */
export function leaves(
  object: object,
  except: readonly string[] = [],
  prefix = '',
): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) {
    const path = `${prefix}${key}`;
    if (value === undefined || except.includes(path)) continue;
    if (isGroup(value)) for (const [inner, leaf] of leaves(value, except, `${path}.`)) found.set(inner, leaf);
    else found.set(path, value);
  }
  return found;
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('argv' in value);

/** `garp.masterDelay` is written garp_master_delay; a checker's pace and target have no block of their own. */
export const keywordLike = (path: string): string =>
  path
    .replace(/^(?:pace|target|health)\./, '')
    .replaceAll('.', '_')
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replace(/^garp_lower_priority/, 'garp_lower_prio');
