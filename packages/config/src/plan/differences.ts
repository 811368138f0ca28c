import { keywordLike, leaves } from './leaves.ts';
import type { Change } from './planned.ts';
import { valueText } from './value-text.ts';

/**
 * The values in which two objects differ, as a reader of the file knows them; what lies deeper is named by its path.
 * @param nameOf the keyword that decides a property, if one does alone
 * @param except properties that are compared elsewhere
 */
export function differences(
  before: object,
  after: object,
  nameOf: (property: string) => string | undefined = () => undefined,
  except: readonly string[] = [],
): readonly Change[] {
  // What a reading found unchanged is the very same object.
  if (before === after) return [];
  const [old, next] = [leaves(before, except), leaves(after, except)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((path) => {
    const [a, b] = [old.get(path), next.get(path)];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    const [from, to] = [valueText(path, a), valueText(path, b)];
    // Where no word shows it, that it is another one is what there is to say.
    const shown = from === to ? `${to ?? ''} (another one)` : to;
    return [{ property: nameOf(path) ?? keywordLike(path), before: from, after: shown }];
  });
}
