import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly runs: number;
  /** How long adverts are timed, on the idle machine and again on the busy one. */
  readonly seconds: number;
  readonly parts: readonly Part[];
  readonly json: boolean;
}

export const parts = ['pair', 'start', 'pace', 'control', 'size'] as const;
export type Part = (typeof parts)[number];

export const usage = [
  'usage: node test/bench/run.mjs [--runs N] [--seconds N] [--part NAME]... [--json]',
  '  --runs N      how often everything is measured; medians are shown (5)',
  '  --seconds N   how long adverts are timed, idle and busy (15)',
  `  --part NAME   measure only this: ${parts.join(', ')}`,
  '  --json        print every value as JSON instead of the table',
].join('\n');

/** @returns the options, or a sentence that says what is wrong with the arguments */
export function readOptions(args: readonly string[]): BenchOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '15' },
        part: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
      },
    });
    const [runs, seconds] = [Number(values.runs), Number(values.seconds)];
    if (!Number.isInteger(runs) || runs < 1) return `--runs ${values.runs}: a whole number from 1 on`;
    if (!(seconds >= 3)) return `--seconds ${values.seconds}: a number from 3 on`;
    const unknown = values.part.find((part) => !parts.some((known) => known === part));
    if (unknown !== undefined) return `there is no part '${unknown}'; there is: ${parts.join(', ')}`;
    return {
      runs,
      seconds,
      parts: parts.filter((part) => values.part.length === 0 || values.part.includes(part)),
      json: values.json,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
