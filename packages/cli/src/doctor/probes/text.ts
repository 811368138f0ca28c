import { readFileSync } from 'node:fs';

/** A small file's text; '' where it is not there or may not be read. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
