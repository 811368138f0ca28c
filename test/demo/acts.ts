import type { OutputLine } from '../lab-support/daemon.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { eventually, until } from '../lab-support/until.ts';
import { type Stage, vip } from './stage.ts';
import { type Outcome, StoryError } from './step.ts';

// What the steps of the story have in common.

/** Waits until every request that began before now has ended: only then is what was lost known. @returns now */
async function settle(stage: Stage): Promise<number> {
  const to = monotonicMicros();
  await until('all requests have ended', 5000, () => stage.probe.settled() >= to);
  return to;
}

/** Waits until `host`, and no other, holds the virtual address. @param timeout milliseconds */
export async function untilOwner(stage: Stage, host: string, timeout: number): Promise<void> {
  const sole = (): boolean => stage.addresses.owners(vip).join() === host;
  if ((await eventually(timeout, sole)) === undefined) {
    const owners = stage.addresses.owners(vip).join(' and ');
    throw new StoryError(
      `${host} did not become master within ${timeout / 1000} s (address on: ${owners || 'none'})`,
    );
  }
}

/** Waits until the client is served by `host` again. */
export async function untilServedBy(
  stage: Stage,
  host: string,
  since: number,
  timeout: number,
): Promise<void> {
  const served = (): boolean => stage.probe.requests.at(-1)?.detail === host;
  if ((await eventually(timeout, served)) === undefined) {
    throw new StoryError(`the client was not answered by ${host} within ${timeout / 1000} s`);
  }
  if (stage.probe.answered(since).length === 0) throw new StoryError('the client got no answer at all');
}

/** Ends a step in which no request may be lost. @param seen what was seen, for the summary */
export async function nothingLost(stage: Stage, from: number, seen: string): Promise<Outcome> {
  const to = await settle(stage);
  const lost = stage.probe.lost(from, to).length;
  const served = stage.probe.answered(from, to).length;
  return { good: lost === 0 && served > 0, seen, from, to };
}

/** Ends a step in which requests may be lost. */
export async function settled(stage: Stage, from: number, good: boolean, seen: string): Promise<Outcome> {
  return { good, seen, from, to: await settle(stage) };
}

/** What the daemon of `host` has written since about refusing its configuration file. */
export const refusals = (stage: Stage, host: string, since: number): readonly OutputLine[] =>
  stage
    .daemon(host)
    .output.filter(
      (line) =>
        line.at >= since && /refus/i.test(line.text) && line.text.includes(stage.daemon(host).configFile),
    );

export const inMilliseconds = (micros: number): string => `${Math.round(micros / 1000)} ms`;
export const inSeconds = (micros: number): string => `${(micros / 1e6).toFixed(1)} s`;
