import { type Micros, micros, plus, seconds, seededRandom } from '@holdfast/kit';
import { httpGet, pace, realServer, virtualServer } from './virtual-servers.ts';
import type { HealthLogic } from './walk.ts';

const STEPS = 40;

/**
 * One server with an HTTP_GET of some urls that succeed and fail by chance: which url is looked at when, and whether
 * the server is up, against the order as it is documented.
 * @returns what is wrong first, or undefined
 */
export function urlWalk({ step, initialState, nextDeadline }: HealthLogic, seed: number): string | undefined {
  const random = seededRandom(seed);
  const urls = ['/a', '/b', '/c'].slice(0, random.whole(1, 3));
  const fastRecovery = random.chance(0.5);
  const [retry, alpha] = [random.whole(0, 2), random.chance(0.3)];
  const delayBeforeRetry = seconds(random.pick([1, 9]));
  const checker = httpGet(urls, { retry, alpha, delayBeforeRetry }, { fastRecovery });
  const config = virtualServer({ realServers: [realServer(1, { checkers: [checker] })] });
  const slow = micros(Math.max(delayBeforeRetry, pace.delayLoop));

  let now = seconds(10);
  let { state } = step(config, initialState, { kind: 'start', saved: undefined, chance: [0] }, now);
  /** What stands in the manual: `first` and `again` are whole passes, `poll` one url that has failed. */
  let phase: 'first' | 'steady' | 'poll' | 'again' = 'first';
  let [url, failures, patience, up] = [0, 0, 1, !alpha];
  let due: Micros = plus(now, seconds(1));
  for (let i = 0; i < STEPS; i++) {
    if (nextDeadline(state) !== due) return `seed ${seed}: next at ${nextDeadline(state)}, due ${due}`;
    now = due;
    const begun = step(config, state, { kind: 'deadline' }, now);
    const [check] = begun.effects;
    if (check?.kind !== 'check' || check.url !== url) return `seed ${seed}: not url ${url} in ${phase}`;
    now = plus(now, micros(random.whole(0, 900_000)));
    const isGood = random.chance(0.6);
    const result = isGood
      ? ({ kind: 'success' } as const)
      : ({ kind: 'failure', reason: 'code 500' } as const);
    ({ state } = step(config, begun.state, { kind: 'finished', run: check.run, result }, now));
    due = plus(now, isGood ? succeeds() : fails());
    if (state.servers[0]?.alive !== up) return `seed ${seed}: not ${up ? 'up' : 'down'} after ${phase}`;
  }
  return undefined;

  /** @returns the time until the next look */
  function succeeds(): Micros {
    [failures, patience] = [0, retry + 1];
    const isLast = url === urls.length - 1;
    if (phase === 'poll') {
      [phase, url] = ['again', 0];
      return fastRecovery ? micros(0) : pace.delayLoop;
    }
    if (!isLast) {
      url += 1;
      return fastRecovery && phase !== 'steady' ? micros(0) : pace.delayLoop;
    }
    [phase, url, up] = ['steady', 0, true];
    return pace.delayLoop;
  }

  function fails(): Micros {
    failures += 1;
    if (up && failures < patience) return delayBeforeRetry;
    [phase, up] = ['poll', false];
    return slow;
  }
}
