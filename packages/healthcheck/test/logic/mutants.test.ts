import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importMutant, type Mutant, occurrences } from '../../../../test/support/mutant.ts';
import { urlWalk } from './url-walk.ts';
import { type HealthLogic, walk } from './walk.ts';

/** Deliberate bugs: the random lives are worth something only if each of these is found by them. */
// biome-ignore format: a table
const mutants = [
  // what is broken                                   file                this                                   becomes
  ['is down with the last failed checker only', 'checker-state', 'alive: checkers.every', 'alive: checkers.length === 0 || checkers.some'],
  ['lets alpha servers in before they were checked', 'checker-state', 'up: !checker.pace.alpha', 'up: true'],
  ['is patient with a server that has never answered', 'checker-state', 'failures: checker.pace.retry', 'failures: 0'],
  ['forgets dynamic weights', 'checker-state', 'sum + weightOffset', 'sum'],
  ['waits a whole delay_loop before a retry', 'checker-result', 'nextAt: next(delayBeforeRetry)', 'nextAt: next(delayLoop)'],
  ['gives one attempt too many', 'checker-result', 'before.failures < retry', 'before.failures <= retry'],
  ['counts failures from long ago', 'checker-result', 'hasRun: true, failures: 0,', 'hasRun: true,'],
  ['takes a local error for a failure', 'checker-result', '{ ...ended, nextAt: next(what.pace.delayLoop), said', '{ ...ended, up: false, nextAt: next(what.pace.delayLoop), said'],
  ['lets a slow program run less often', 'checker-result', "what.kind !== 'MISC_CHECK'", 'true'],
  ['does not ask for a plan', 'settle', "{ kind: 'plan' },", ''],
  ['does not plan a mere change of weight', 'settle', '|| was.weight !== is.weight', ''],
  ['loses the quorum at the threshold already', 'quorum', 'weight >= quorum - hysteresis', 'weight > quorum - hysteresis'],
  ['gains the quorum without hysteresis', 'quorum', ': weight >= quorum + hysteresis', ': weight >= quorum'],
  ['keeps a quorum of nothing', 'quorum', 'weight > 0 && ', ''],
  ['counts dead servers for the quorum', 'weights', 'server.alive ? effectiveWeight(server) : 0', 'effectiveWeight(server)'],
  ['keeps living servers beside the sorry server', 'desired-pools', 'health?.alive === true && !sorry', 'health?.alive === true'],
  ['deletes what inhibit_on_failure keeps', 'desired-pools', '(isIn || server.inhibitOnFailure)', 'isIn'],
  ['lets the sorry server hide a real one', 'desired-pools', 'isThere && !serves ? [] : [server]', '[server]'],
  ['forgets the state of matched servers at a reload', 'reload', 'known.get(server.key), next', 'undefined, next'],
  ['trusts a new checker on a sick server', 'reload-server', 'isHealthy ?', 'true ?'],
  ['keeps the old weight at a reload', 'reload', 'withPlan(settled.effects)', 'settled.effects'],
  ['says nothing of a server that left the file', 'reload', '({ state }) => state.alive', '() => false'],
  ['leaves checks of what left the file under way', 'reload', '.filter(({ running }) => !kept.has(running))', '.filter(() => false)'],
  ['lets dead servers in after the worker died', 'start', 'return { ...fresh, up, hasRun', 'return { ...fresh, hasRun'],
  ['forgets the quorum of its predecessor', 'start', 'quorumNotice(config, state, saved?.quorum)', 'quorumNotice(config, state, undefined)'],
  ['looks again too late after the worker died', 'start', 'earlier(firstCheckAt(checker, now, chance), plus(now, delayLoop))', 'firstCheckAt(checker, now, chance)'],
  ['cuts the connections of drained servers', 'desired-pools', '!drains && ', ''],
  ['counts drained servers for the quorum', 'weights', "override.kind === 'weight' ? clamped(override.weight) : 0", 'clamped(weight)'],
  ['does not plan an order', 'settle', ' || was.override !== is.override', ''],
  ['forgets orders at a reload', 'reload-server', 'known?.state.override,', 'undefined,'],
  ['forgets orders when the worker dies', 'start', 'withWishes(config, begun, wishes)', 'begun'],
  ['begins a check that is under way', 'begin-checks', 'return running === undefined && nextAt', 'return nextAt'],
  ['polls a failed url too often', 'checker-result', 'later(delayBeforeRetry, delayLoop)', 'delayBeforeRetry'],
  ['is up with the first url that answers again', 'url-order', 'const isComplete = next >= count', 'const isComplete = checker.polling || next >= count'],
  ['leaves time between urls in fast recovery', 'url-order', 'what.fastRecovery && !isSettled', 'false'],
] as const;
const sources = fileURLToPath(new URL('../../src/logic/', import.meta.url));
const entry = `
export { desiredPools } from './desired-pools.ts';
export { savedPool } from './saved-pool.ts';
export { initialState, nextDeadline, step } from './virtual-server.ts';
`;
/** Enough for the shyest of the bugs. */
const SEEDS = 300;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-health-mutants-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the unbroken logic passes when bundled as the mutants are', async () => {
  expect(await firstFault('unbroken', undefined)).toBeUndefined();
}, 30_000);

test.each(mutants)('health that %s is found out', async (name, file, find, replace) => {
  const mutant = { file: join(sources, `${file}.ts`), find, replace };
  expect(await occurrences(mutant), `${file} has once: ${find}`).toBe(1);
  expect(await firstFault(name, mutant)).toBeDefined();
});

async function firstFault(name: string, mutant: Mutant | undefined): Promise<string | undefined> {
  const outfile = join(folder, `${name.replaceAll(' ', '-')}.mjs`);
  const logic: HealthLogic = await importMutant(mutant, { entry, folder: sources, outfile });
  for (let seed = 1; seed <= SEEDS; seed++) {
    const fault = urlWalk(logic, seed) ?? (await walk(logic, seed));
    if (fault !== undefined) return fault;
  }
  return undefined;
}
