import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A keyword as the reference beside the repository describes it. */
export interface ReferenceRow {
  readonly path: string;
  readonly keyword: string;
  readonly arguments: string;
  readonly default: string;
  readonly range: string;
  readonly repeatable: string;
  readonly process: string;
  readonly status: string;
}

const file = fileURLToPath(new URL('../../../../../shared/reference/keywords.tsv', import.meta.url));

/** Every row of the reference; empty where there is none, which the tests say. */
export const referenceRows: readonly ReferenceRow[] =
  process.env['HOLDFAST_SHARED'] === 'none' || !existsSync(file) ? [] : rowsOf(readFileSync(file, 'utf8'));

function rowsOf(text: string): readonly ReferenceRow[] {
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [
        path = '',
        keyword = '',
        given = '',
        fallback = '',
        range = '',
        repeatable = '',
        owner = '',
        ,
        status = '',
      ] = line.split('\t');
      return {
        path,
        keyword,
        arguments: given,
        default: fallback,
        range,
        repeatable,
        process: owner,
        status,
      };
    });
}
