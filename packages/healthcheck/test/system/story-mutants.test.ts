import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importMutant, type Mutant, occurrences } from '../../../../test/support/mutant.ts';
import { playStory } from '../support/play-story.ts';
import type { WorkerParts } from '../support/story-stage.ts';

/** Deliberate bugs: the stories are worth something only if each of these is found by them. */
// biome-ignore format: a table
const mutants = [
  // what is broken                                        file                                     this                                             becomes
  ['takes what a dead worker began for an operator\'s',    'healthcheck/src/logic/adopted-table',       '!known.has(config.key)',                         'false'],
  ['forgets an operator\'s weight when a worker dies',     'healthcheck/src/logic/adopted-table',       '!known.has(config.key)',                         'true'],
  ['forgets what is to go when a worker dies',             'healthcheck/src/system/director',       'this.#keeper.adopt(adoptedTable(saved, this.entries));',                           ''],
  ['never looks at the table by itself',                   'healthcheck/src/system/director',       'plus(now, lookInterval(this.entries, this.#keeper.isOpen))',               'plus(now, micros(1e12))'],
  ['goes on with checks of a pool that is gone',           'healthcheck/src/system/director',       'this.#keeper.desire(key, new Map());',          ''],
  ['does not plan after a check',                          'healthcheck/src/system/director',       'this.#toPlan.add(entry);\n        break;',       'break;'],
  ['loses a service that moves',                           'healthcheck/src/system/desired-table',  '[...owners].flatMap((each) => wanted.get(each)?.get(id) ?? [])', '[wanted.get(owner)?.get(id)].flatMap((each) => each ?? [])'],
  ['keeps a service that has left its group',              'healthcheck/src/system/desired-table',  'claims.delete(id);\n    table.delete(id);',        ''],
  ['leaves the table behind at the end',                   'healthcheck/src/system/desired-table',  'table.clear();',                                ''],
  ['undoes an operator\'s weight',                         'ipvs-netlink/src/planner/plan-servers', 'isByHand && wanted.weight === ours.weight',     'false'],
  ['keeps an operator\'s weight against the file',         'ipvs-netlink/src/planner/plan-servers', 'isByHand && wanted.weight === ours.weight',     'isByHand'],
  ['deletes an operator\'s server',                        'ipvs-netlink/src/planner/plan-servers', 'written === undefined || written.servers.has(id)', 'true'],
  ['leaves servers that are gone',                         'ipvs-netlink/src/planner/plan-servers', '...surplus.changes]',                           ']'],
  ['takes servers away before it adds others', 'ipvs-netlink/src/planner/plan-servers', '[...raise, ...quiesce, ...surplus.changes]', '[...surplus.changes, ...quiesce, ...raise]'],
  ['leaves services that are gone',                        'ipvs-netlink/src/planner/plan-pool',    'actual === undefined || written === undefined', 'true'],
  ['does not put back a service that somebody deleted',    'ipvs-netlink/src/planner/plan-pool',    'if (actual === undefined) return planCreation', 'if (actual === undefined && written === undefined) return planCreation'],
  ['keeps other settings of a service',                    'ipvs-netlink/src/planner/plan-pool',    'sameService(desired.service, actual.service)',  'true'],
] as const;
const packages = fileURLToPath(new URL('../../../', import.meta.url));
const entry = `
export { fakeKernel, ipvsClient } from '@holdfast/ipvs-netlink';
export { mergeSaved, nothingSaved, unsettled, withoutAwaited } from './logic/merge-saved.ts';
export { openWorker } from './system/worker-loop.ts';
`;
/** Enough for the shyest of the bugs. */
const SEEDS = 150;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-story-mutants-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the unbroken worker passes when bundled as the mutants are', { timeout: 60_000 }, async () => {
  expect(await firstFault('unbroken', undefined, 5)).toBeUndefined();
});

test.each(mutants)(
  'a worker that %s is found out',
  { timeout: 120_000 },
  async (name, file, find, replace) => {
    const mutant = { file: join(packages, `${file}.ts`), find, replace };
    expect(await occurrences(mutant), `${file} has once: ${find}`).toBe(1);
    expect(await firstFault(name, mutant, SEEDS)).toBeDefined();
  },
);

async function firstFault(
  name: string,
  mutant: Mutant | undefined,
  seeds: number,
): Promise<string | undefined> {
  const outfile = join(folder, `${name.replaceAll(/\W/g, '-')}.mjs`);
  const parts: WorkerParts = await importMutant(mutant, {
    entry,
    folder: join(packages, 'healthcheck/src'),
    outfile,
  });
  for (let seed = 1; seed <= seeds; seed++) {
    const fault = await playStory(parts, seed);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
