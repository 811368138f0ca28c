import { join } from 'node:path/posix';
import type { FileSystem } from './file-system.ts';

/** One alternative of a pattern after its braces were expanded, and the files it names, sorted. */
export interface GlobMatch {
  readonly pattern: string;
  readonly hasWildcard: boolean;
  readonly paths: readonly string[];
}

const wildcard = /[*?[]/;
/** More alternatives than anyone writes by hand: braces multiply. */
const mostAlternatives = 1000;

/** Expands a glob pattern as glob(3) with GLOB_BRACE does: `*`, `?`, `[a-z]`, `{a,b}`; a name without them is itself. */
export function glob(pattern: string, directory: string, files: FileSystem): readonly GlobMatch[] {
  return expandBraces(pattern).map((alternative) => {
    const hasWildcard = wildcard.test(alternative);
    const absolute = alternative.startsWith('/') ? alternative : join(directory, alternative);
    const paths = hasWildcard
      ? matches(absolute, files)
      : files.stat(absolute) === undefined
        ? []
        : [absolute];
    return { pattern: alternative, hasWildcard, paths };
  });
}

/** The innermost braces first; text without a closing brace is taken as it stands, and braces around nothing. */
export function expandBraces(pattern: string): readonly string[] {
  let patterns = [pattern];
  for (let round = 0; round < 20; round++) {
    const next = patterns.flatMap(expandOnce);
    const isDone = next.length === patterns.length && next.every((text, index) => text === patterns[index]);
    if (isDone || next.length > mostAlternatives) return patterns;
    patterns = next;
  }
  return patterns;
}

function expandOnce(pattern: string): string[] {
  const [whole, before, inside, after] = /^(.*?)\{([^{}]+)\}(.*)$/s.exec(pattern) ?? [];
  if (whole === undefined || inside === undefined) return [pattern];
  return inside.split(',').map((alternative) => `${before ?? ''}${alternative}${after ?? ''}`);
}

function matches(absolute: string, files: FileSystem): readonly string[] {
  let found = ['/'];
  for (const part of absolute.split('/').filter((name) => name !== '')) {
    found = wildcard.test(part)
      ? found.flatMap((directory) => matchingNames(part, directory, files))
      : found.map((directory) => join(directory, part)).filter((path) => files.stat(path) !== undefined);
  }
  return found.toSorted();
}

function matchingNames(part: string, directory: string, files: FileSystem): string[] {
  const expression = toExpression(part);
  return (files.list(directory) ?? [])
    .filter((name) => expression.test(name) && (part.startsWith('.') || !name.startsWith('.')))
    .map((name) => join(directory, name));
}

function toExpression(part: string): RegExp {
  const source = part
    .replaceAll(/[.+^$()|\\{}]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.')
    .replaceAll('[!', '[^');
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    // An unclosed bracket is an ordinary character for glob(3).
    return new RegExp(`^${source.replaceAll(/[[\]]/g, '\\$&')}$`, 's');
  }
}
