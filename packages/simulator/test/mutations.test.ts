import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lanes } from './support/lanes.ts';
import {
  bundleSimulator,
  type Mutation,
  type Outcome,
  occurrences,
  parseMutation,
  runSimulator,
} from './support/mutation.ts';

/** Enough for the shyest of the bugs; the others are found within the first dozens. */
const SEEDS = '1500';

const folder = new URL('../mutations/', import.meta.url);
const mutations = readdirSync(folder).map((file): Mutation => {
  const name = file.replace(/\.txt$/, '');
  const parsed = parseMutation(name, readFileSync(new URL(file, folder), 'utf8'));
  if (parsed === undefined)
    throw new SyntaxError(`mutations/${file} is not as packages/simulator/README.md says`);
  return parsed;
});

let work = '';
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), `holdfast-mutations-${process.pid}-`));
});
afterAll(async () => {
  await rm(work, { recursive: true });
});

const twoAtOnce = lanes(2);

async function storiesWith(mutation: Mutation | undefined, name: string): Promise<Outcome> {
  const bundle = join(work, `${name}.mjs`);
  await bundleSimulator(mutation, bundle);
  const shell = mutation?.file.startsWith('../system/') === true ? 'router' : 'plain';
  return runSimulator(bundle, ['--seeds', SEEDS, '--long', '--shell', shell]);
}

test('there are bugs to find', () => {
  expect(mutations.length).toBeGreaterThanOrEqual(12);
});

describe.concurrent('the general checks find each deliberate bug', { timeout: 180_000 }, () => {
  test.each(mutations)('$name: $sentence', async (mutation) => {
    expect(await occurrences(mutation), `places in ${mutation.file} that read as 'find' says`).toBe(1);
    const { status, output } = await twoAtOnce(() => storiesWith(mutation, mutation.name));
    expect(status, `it escaped:\n${output}`).toBe(1);
    expect(output).toContain('breaks "');
  });

  test('and none in the code as it is', async () => {
    const { status, output } = await twoAtOnce(() => storiesWith(undefined, 'unchanged'));
    expect(output).toContain('every rule held');
    expect(status).toBe(0);
  });
});
