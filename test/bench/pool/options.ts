import { parseArgs } from 'node:util';
import type { Daemon } from './daemon-run.ts';

export interface PoolOptions {
  readonly runs: number;
  readonly sizes: readonly number[];
  readonly checks: boolean;
  readonly daemons: readonly Daemon[];
}

export const poolUsage = [
  'usage: node test/bench/pool.mjs [--runs N] [--sizes N,N] [--no-checks] [--json]',
  '  --runs N      how often everything is measured; medians are shown (3)',
  '  --sizes N,N   real servers of a table (100,1000,5000,10000); empty: none',
  '  --no-checks   leave out the cost of checks',
  '  --json        print every value as JSON instead of the table',
].join('\n');

/** @returns the options, or a sentence that says what is wrong with the arguments */
export function readPoolOptions(
  args: readonly string[],
  daemons: readonly Daemon[],
): (PoolOptions & { readonly json: boolean }) | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: 'string', default: '3' },
        sizes: { type: 'string', default: '100,1000,5000,10000' },
        'no-checks': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const runs = Number(values.runs);
    if (!Number.isInteger(runs) || runs < 1) return `--runs ${values.runs}: a whole number from 1 on`;
    const sizes = values.sizes
      .split(',')
      .filter((text) => text !== '')
      .map(Number);
    if (!sizes.every((size) => Number.isInteger(size) && size >= 1 && size <= 60_000))
      return `--sizes ${values.sizes}: whole numbers from 1 to 60000`;
    return { runs, sizes, checks: !values['no-checks'], json: values.json, daemons };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
