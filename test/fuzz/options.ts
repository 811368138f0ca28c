import { parseArgs } from 'node:util';

export interface FuzzOptions {
  readonly cases: number;
  readonly seed: number;
  /** Small random inputs for our parser alone, instead of configurations for both. */
  readonly bytes: boolean;
  /** The example of each exception, and nothing else. */
  readonly examples: boolean;
  /** After so many seconds no further case is begun. */
  readonly seconds: number;
  /** Where found differences are written; a new folder of /tmp by default. */
  readonly keep: string | undefined;
}

export const usage = [
  'usage: node test/fuzz/run.mjs [--cases N] [--seed S] [--seconds N] [--keep FOLDER] [--bytes | --examples]',
  '  --cases N      how many cases (1000)',
  '  --seed S       decides them (1)',
  '  --seconds N    begins no further case after that time',
  '  --keep FOLDER  where differences are written, made as small as possible',
  '  --examples     the example of each exception, instead of random cases',
  '  --bytes        random bytes and words for our parser alone: it may neither crash nor take long',
].join('\n');

/** @returns the options, or a sentence that says what is wrong with the arguments */
export function readOptions(args: readonly string[]): FuzzOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        cases: { type: 'string', default: '1000' },
        seed: { type: 'string', default: '1' },
        seconds: { type: 'string', default: '86400' },
        keep: { type: 'string' },
        bytes: { type: 'boolean', default: false },
        examples: { type: 'boolean', default: false },
      },
    });
    const { keep, bytes, examples } = values;
    const [cases, seed, seconds] = [Number(values.cases), Number(values.seed), Number(values.seconds)];
    if (!Number.isInteger(cases) || cases < 1) return `--cases ${values.cases}: a whole number from 1 on`;
    if (!Number.isInteger(seed)) return `--seed ${values.seed}: a whole number`;
    if (!(seconds > 0)) return `--seconds ${values.seconds}: a number above 0`;
    return { cases, seed, seconds, keep, bytes, examples };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
