import type { ParseResult } from '@holdfast/config';

/** A file as it was named, and what reading it gave. */
export interface CheckedFile {
  readonly path: string;
  readonly result: ParseResult;
}
