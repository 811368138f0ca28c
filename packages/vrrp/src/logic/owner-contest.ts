import { later, minus, times } from '@holdfast/kit';
import { messages } from './messages.ts';
import { type Context, type Outcome, unchanged } from './outcome.ts';
import { effectivePriority } from './priority.ts';
import type { HeardAdvert, InstanceState, OwnerContest, Phase } from './types.ts';

type Master = Extract<Phase, { kind: 'master' }>;

/**
 * Two routers that both claim 255 (conformance V-MA-16; RFC 9568 §7.1 has them settle it between themselves). The one
 * with the lower address falls back by the ordinary rule. Where it does not, the other one waits for two of its own
 * adverts and 1.2 times the longer interval, and then counts as 254, so that one of them ends it.
 */
export function contestOwnership(
  context: Context,
  state: InstanceState,
  phase: Master,
  advert: HeardAdvert,
): Outcome {
  const { config, now } = context;
  if (advert.priority !== 255 || effectivePriority(config, state) !== 255) return unchanged(state);
  const contest = current(context, phase, advert);
  if (contest?.patienceEndsAt !== undefined && now >= contest.patienceEndsAt) {
    return {
      state: { ...state, yieldsOwnership: true },
      effects: [{ kind: 'log', record: messages.ownerYields(config.name, advert.source) }],
    };
  }
  const begun = contest ?? {
    heardAt: now,
    advertsLeft: 2,
    patienceEndsAt: undefined,
    otherInterval: advert.advertInterval,
  };
  return {
    state: { ...state, phase: { ...phase, contest: { ...begun, heardAt: now } } },
    effects:
      contest === undefined
        ? [{ kind: 'log', record: messages.ownerContested(config.name, advert.source) }]
        : [],
  };
}

/** A contest is over when the other one has been silent for as long as a dead master. */
function current(
  { config, now }: Context,
  { contest }: Master,
  advert: HeardAdvert,
): OwnerContest | undefined {
  if (contest === undefined) return undefined;
  const silent = minus(now, contest.heardAt);
  const longest = later(advert.advertInterval, config.advertInterval);
  return silent > times(longest, 3) ? undefined : contest;
}
