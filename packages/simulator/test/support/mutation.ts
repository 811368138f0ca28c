import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Mutant, mutate, occurrences as placesOf } from '../../../../test/support/mutant.ts';

/** A deliberate bug: one place of packages/vrrp/src, written otherwise. */
export interface Mutation {
  readonly name: string;
  /** What goes wrong, in a sentence. */
  readonly sentence: string;
  /** Seen from packages/vrrp/src/logic. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const PARTS =
  /^(?<sentence>.+)\nfile: (?<file>\S+)\n--- find\n(?<find>.+?)\n--- replace\n(?<replace>.*?)\n?--- end\n$/s;

/** @param text as the files in packages/simulator/mutations have it @returns `undefined` when it has another shape */
export function parseMutation(name: string, text: string): Mutation | undefined {
  const { sentence, file, find, replace } = PARTS.exec(text)?.groups ?? {};
  if (sentence === undefined || file === undefined || find === undefined || replace === undefined)
    return undefined;
  return { name, sentence, file, find, replace };
}

const packages = fileURLToPath(new URL('../../../', import.meta.url));
const logic = join(packages, 'vrrp/src/logic');

/** How often the mutation's place occurs in the code as it is now. It has to be once. */
export const occurrences = (mutation: Mutation): Promise<number> => placesOf(mutantOf(mutation));

const mutantOf = ({ file, find, replace }: Mutation): Mutant => ({ file: join(logic, file), find, replace });

/**
 * Bundles the simulator's command with the code under test, in which the mutation's place is written otherwise. The
 * sources stay as they are: the change is made in the copy that the bundler reads.
 * @param mutation `undefined`: the code as it is
 */
export async function bundleSimulator(mutation: Mutation | undefined, outfile: string): Promise<void> {
  await build({
    entryPoints: [join(packages, 'simulator/src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    plugins: mutation === undefined ? [] : [mutate(mutantOf(mutation))],
  });
}

export interface Outcome {
  /** 0: every rule held; 1: one was broken; anything else: the run itself failed. */
  readonly status: number;
  readonly output: string;
}

/** Runs a bundled simulator in a process of its own. */
export function runSimulator(bundle: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bundle, ...args], { timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      const crashed = stderr.includes('Error');
      resolve({ status: crashed ? -1 : code, output: `${stdout}${stderr}` });
    });
  });
}
