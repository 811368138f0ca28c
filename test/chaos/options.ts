import { parseArgs } from 'node:util';
import type { Pace } from './happening.ts';
import { paces } from './paces.ts';

export interface ChaosOptions {
  readonly kills: number;
  readonly seed: number;
  /** The kills are spread over them. */
  readonly paces: readonly Pace[];
}

export const usage = [
  'usage: node dist/chaos.mjs [--kills N] [--seed N] [--pace SECONDS]...',
  '  --kills N       how many processes are killed (100)',
  '  --seed N        decides who is killed and when (1)',
  '  --pace SECONDS  advert_int: 1 or 0.1; half of the kills each if it is not given',
].join('\n');

/** @returns the options, or a sentence that says what is wrong with the arguments */
export function readOptions(args: readonly string[]): ChaosOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        kills: { type: 'string', default: '100' },
        seed: { type: 'string', default: '1' },
        pace: { type: 'string', multiple: true, default: [] },
      },
    });
    const [kills, seed] = [Number(values.kills), Number(values.seed)];
    if (!Number.isInteger(kills) || kills < 1) return `--kills ${values.kills}: a whole number from 1 on`;
    if (!Number.isInteger(seed)) return `--seed ${values.seed}: a whole number`;
    const unknown = values.pace.find((name) => !paces.some((pace) => pace.name === name));
    if (unknown !== undefined)
      return `--pace ${unknown}: there is ${paces.map(({ name }) => name).join(', ')}`;
    return {
      kills,
      seed,
      paces: paces.filter(({ name }) => values.pace.length === 0 || values.pace.includes(name)),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
