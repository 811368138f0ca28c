import type { Random } from '@holdfast/kit';

/** Puts a value in the place of a word of a syntax, or undefined where the word stands for itself. */
export type ValueFor = (word: string, random: Random) => string | undefined;

/** A random reading of what the table says of arguments: `ADDRESS [PORT] | fwmark MARK`. */
export function fromSyntax(syntax: string, valueFor: ValueFor, random: Random): string {
  const parts = split(random.pick(split(syntax.trim(), ' | ')), ' ');
  return parts
    .map((part) => fromPart(part, valueFor, random))
    .filter((text) => text !== '')
    .join(' ');
}

function fromPart(part: string, valueFor: ValueFor, random: Random): string {
  if (part === '...') return '';
  if (part.startsWith('[') && part.endsWith(']')) {
    return random.chance(0.5) ? '' : fromSyntax(part.slice(1, -1), valueFor, random);
  }
  const optional = part.replace(/\[(.*)\]/, (_, inside: string) => (random.chance(0.5) ? '' : inside));
  return random
    .pick(split(optional, '|'))
    .replace(/[A-Z][A-Z0-9_]+/g, (name) => valueFor(name, random) ?? name);
}

/** At a separator that stands outside of brackets and quotes. */
function split(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') isQuoted = !isQuoted;
    if (character === '[' || character === '{') depth++;
    if (character === ']' || character === '}') depth--;
    if (depth > 0 || isQuoted || !text.startsWith(separator, at)) continue;
    parts.push(text.slice(from, at));
    from = at + separator.length;
  }
  return [...parts, text.slice(from)];
}
