import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importMutant, occurrences } from '../../../../test/support/mutant.ts';
import { laws, type Planner } from './laws.ts';

/** Deliberate bugs: the laws are worth something only if each of these breaks one. */
// biome-ignore format: a table
const mutants = [
  // what is broken                                    file              this                           becomes
  ['deletes before it adds', 'plan-servers', '[...raise, ...quiesce, ...surplus.changes]', '[...surplus.changes, ...raise, ...quiesce]'],
  ['quiesces before it raises', 'plan-servers', '[...raise, ...quiesce, ', '[...quiesce, ...raise, '],
  ['undoes a weight set by hand', 'plan-servers', 'isByHand && wanted.weight === ours.weight', 'false'],
  ['keeps a weight set by hand for ever', 'plan-servers', 'isByHand && wanted.weight === ours.weight', 'isByHand'],
  ['deletes a server that an operator added', 'plan-servers', 'written === undefined || written.servers.has(id)', 'true'],
  ['keeps strange servers of an unknown table', 'plan-servers', 'written === undefined || written', 'written !== undefined && written'],
  ['forgets surplus servers', 'plan-servers', '.filter(([id]) => !desired.servers.has(id))', '.filter(() => false)'],
  ['deletes services of others', 'plan', '[...written]\n', '[...actual]\n'],
  ['takes services for its own that it never wrote', 'plan-pool', 'if (actual === undefined || written === undefined) return', 'if (actual === undefined) return'],
  ['leaves services that are not desired any more', 'plan', 'join([...kept, ...gone])', 'join(kept)'],
  ['does not restore a service that vanished', 'plan-pool', 'return planCreation(desired, written)', 'return { changes: [], remarks: [] }'],
  ['restores a service without its servers', 'plan-pool', '...[...servers.values()].map(add)', ''],
  ['never changes a service', 'plan-pool', 'sameService(desired.service, actual.service)\n', 'true\n'],
  ['changes a server that is right', 'plan-servers', 'if (sameServer(found, target)) continue;', ''],
  ['does not notice a changed threshold', '../table/equality', 'a.upperThreshold === b.upperThreshold &&', ''],
  ['does not notice another tunnel port', '../table/equality', '{tunnel.port}', '{0}'],
  ['says nothing of a weight set by hand', 'plan-servers', 'if (found.weight === ours.weight) return altered;', 'return altered;'],
  ['says nothing of a server that vanished', 'plan-servers', 'if (ours !== undefined) remarks.push', 'if (false) remarks.push'],
  ['remembers what failed as written', 'record', 'if (written === undefined) return undefined;', 'if (written === undefined) return desired;'],
  ['forgets a deletion that failed', 'record', "desired === undefined || kinds.has('add-service')", 'desired === undefined) return undefined;\n  if (false'],
] as const;
const sources = fileURLToPath(new URL('../../src/planner/', import.meta.url));
/** The planner without the rest of the package. */
const entry = `
export { apply } from './apply.ts';
export { plan } from './plan.ts';
export { planPool } from './plan-pool.ts';
export { recordWritten } from './record.ts';
`;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-mutants-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the unbroken planner passes when bundled as the mutants are', async () => {
  expect(await brokenLaw('unbroken', 'plan', '', '')).toBeUndefined();
});

test.each(mutants)('a planner that %s breaks a law', async (name, file, before, after) => {
  expect(await brokenLaw(name, file, before, after)).toBeDefined();
});

/** @returns the first law that does not hold */
async function brokenLaw(
  name: string,
  file: string,
  before: string,
  after: string,
): Promise<string | undefined> {
  const planner = await bundle(name, join(sources, `${file}.ts`), before, after);
  return laws.find(({ check }) => isBroken(() => check(planner)))?.name;
}

async function bundle(name: string, file: string, find: string, replace: string): Promise<Planner> {
  const mutant = { file, find, replace };
  expect(await occurrences(mutant), `${file} has: ${find}`).toBeGreaterThan(0);
  return importMutant(mutant, {
    entry,
    folder: sources,
    outfile: join(folder, `${name.replaceAll(' ', '-')}.mjs`),
  });
}

function isBroken(check: () => void): boolean {
  try {
    check();
    return false;
  } catch {
    return true;
  }
}
