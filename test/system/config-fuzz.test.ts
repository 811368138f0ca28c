import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { bundleProgram, type Program } from './support/bundle.ts';

const run = promisify(execFile);
const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

let program: Program;
beforeAll(async () => {
  program = await bundleProgram('test/fuzz/main.ts', 'packages/core');
});
afterAll(() => program.remove());

interface Outcome {
  readonly status: unknown;
  readonly output: string;
}

async function outcomeOf(command: string, words: readonly string[]): Promise<Outcome> {
  try {
    return { status: 0, output: (await run(command, words)).stdout };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'stdout' in error)) throw error;
    return { status: error.code, output: String(error.stdout) };
  }
}

const inNamespaces = (...words: readonly string[]): Promise<Outcome> =>
  outcomeOf('unshare', [...namespaces, process.execPath, program.file, ...words]);

describeWith(
  { root: true, tools: ['keepalived', 'ip', 'unshare'] },
  'random configurations, held against keepalived -t',
  () => {
    test('the verdicts are equal, or their difference is one that has a reason', async () => {
      const { status, output } = await inNamespaces('--cases', '400', '--seed', '1');
      expect(output).toMatch(/^ {2}unexplained 0$/m);
      expect(status, output).toBe(0);
    });

    test('each exception has an example that shows it', async () => {
      expect(await inNamespaces('--examples')).toEqual({ status: 0, output: '' });
    });
  },
);

test('random bytes, words and pieces of configurations are answered, each in less than a second', async () => {
  const words = [program.file, '--bytes', '--cases', '8000', '--seed', '1'];
  const { status, output } = await outcomeOf(process.execPath, words);
  expect(output).toMatch(/^ {2}faults {6}0$/m);
  expect(status, output).toBe(0);
});
