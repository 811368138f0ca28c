import { readFileSync } from 'node:fs';
import { monotonicMicros } from '../../../lab-support/monotonic.ts';
import { eventually, until } from '../../../lab-support/until.ts';
import { type Outcome, StoryError } from '../../step.ts';
import type { PoolName } from '../cast.ts';
import type { PoolStage } from './stage.ts';

// What the steps of the story have in common. Spans and moments are microseconds of CLOCK_MONOTONIC.

/** Microseconds: a reading made while the table changes may miss entries; the next ones do not. */
const steadyFor = 150_000;

/** Waits until the table holds exactly this. @returns since when. @throws StoryError after `timeout` milliseconds */
export async function untilTable(
  stage: PoolStage,
  wanted: string,
  since: number,
  timeout: number,
): Promise<number> {
  const last = () => stage.table.changes.at(-1);
  const there = await eventually(timeout, () => {
    const change = last();
    if (change?.text !== wanted || monotonicMicros() - change.at < steadyFor) return false;
    return Math.max(change.at, since);
  });
  if (there === undefined) {
    throw new StoryError(
      `the table was not as it should be after ${timeout / 1000} s: ${last()?.text ?? 'it was never seen'}`,
    );
  }
  return there;
}

/** Waits until `server` answers through both virtual servers. */
export async function untilAnswersFrom(stage: PoolStage, server: string, since: number): Promise<void> {
  const all = (): boolean =>
    stage.probes.every(({ probe }) => probe.answered(since).some(({ detail }) => detail === server));
  if ((await eventually(15_000, all)) === undefined) {
    throw new StoryError(`${server} did not answer through both virtual servers within 15 s`);
  }
}

/** How many requests of a span were lost; sure once `settle` has waited. */
export const lostIn = (stage: PoolStage, from: number, to: number): number =>
  stage.probes.reduce((sum, { probe }) => sum + probe.lost(from, to).length, 0);

/** The same with why, for people: `3 (NAT: ECONNREFUSED)`. */
function lostText(stage: PoolStage, from: number, to: number): string {
  const reasons = stage.probes.flatMap(({ pool, probe }) =>
    probe.lost(from, to).map(({ detail }) => `${pool}: ${detail}`),
  );
  return reasons.length === 0 ? 'none' : `${reasons.length} (${[...new Set(reasons)].join(', ')})`;
}

/** Who answered how many requests of a span, of one pool or of both. */
export function answersIn(
  stage: PoolStage,
  from: number,
  to: number,
  pool?: PoolName,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of stage.probes) {
    if (pool !== undefined && each.pool !== pool) continue;
    for (const { detail } of each.probe.answered(from, to)) counts.set(detail, (counts.get(detail) ?? 0) + 1);
  }
  return counts;
}

/** Waits until every request that began before now has ended. @returns now */
export async function settle(stage: PoolStage): Promise<number> {
  const to = monotonicMicros();
  await until('all requests have ended', 20_000, () =>
    stage.probes.every(({ probe }) => probe.settled() >= to),
  );
  return to;
}

/**
 * Ends a step in which requests may be lost until `healed`, and none after.
 * @param seen what was seen, for the summary; what was lost is added
 * @param alsoGood what must hold besides
 */
export async function nothingLostAfter(
  stage: PoolStage,
  span: { readonly from: number; readonly healed: number },
  seen: string,
  alsoGood: (to: number) => boolean = () => true,
): Promise<Outcome> {
  const { from, healed } = span;
  const to = await settle(stage);
  const before = lostIn(stage, from, healed);
  const after = lostIn(stage, healed, to);
  const served = answersIn(stage, healed, to).size > 0;
  const lost = `${before} lost until then, ${lostText(stage, healed, to)} after`;
  return { good: after === 0 && served && alsoGood(to), seen: `${seen}; ${lost}`, from, to };
}

/** Ends a step in which no request may be lost. */
export async function nothingLost(
  stage: PoolStage,
  from: number,
  seen: string,
  alsoGood: (to: number) => boolean = () => true,
): Promise<Outcome> {
  const to = await settle(stage);
  const lost = lostIn(stage, from, to);
  const good = lost === 0 && answersIn(stage, from, to).size > 0 && alsoGood(to);
  return { good, seen: lost === 0 ? seen : `${seen}; lost: ${lostText(stage, from, to)}`, from, to };
}

/** Changes the configuration file and tells the daemon. @throws StoryError when the change changes nothing */
export function reconfigure(stage: PoolStage, change: (text: string) => string): void {
  const before = readFileSync(stage.daemon.configFile, 'utf8');
  const after = change(before);
  if (after === before) throw new StoryError('the file of the director is not the one that the story knows');
  stage.daemon.writeConfig(after);
  stage.daemon.signal('SIGHUP');
}

/** The process number of the healthcheck worker; undefined while there is none. */
export function workerPid(stage: PoolStage): number | undefined {
  try {
    return Number(readFileSync(stage.workerPidFile, 'utf8'));
  } catch {
    return undefined;
  }
}
