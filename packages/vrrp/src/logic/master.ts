import { compareAddresses, later, plus, times } from '@holdfast/kit';
import { advertise, advertiseNow } from './advertise.ts';
import { learnInterval, remember } from './backup.ts';
import { enterBackup } from './enter.ts';
import { announceAll, lowerPriorityRound, takeDueRounds, withRounds } from './garp-rounds.ts';
import { leave } from './leave.ts';
import { messages } from './messages.ts';
import { type Context, inOrder, type Outcome, only, type Part } from './outcome.ts';
import { contestOwnership } from './owner-contest.ts';
import { effectivePriority } from './priority.ts';
import type { HeardAdvert, InstanceState, Phase } from './types.ts';

type Master = Extract<Phase, { kind: 'master' }>;

/** RFC 9568 §6.4.3. The advert has passed every check of the receive path. */
export function masterHears(
  context: Context,
  before: InstanceState,
  phase: Master,
  advert: HeardAdvert,
): Outcome {
  if (advert.priority === 0) {
    const heard = messages.priorityZeroReceived(context.config.name, advert.source);
    return inOrder(context, before, only({ kind: 'log', record: heard }), advertiseNow);
  }
  const contested = contestOwnership(context, before, phase, advert);
  const { state } = contested;
  const rest = losesAgainst(context, state, advert) ? stepDown(advert) : answerLowerPriority(advert);
  const outcome = inOrder(context, state, rest);
  return { state: outcome.state, effects: [...contested.effects, ...outcome.effects] };
}

/** Adver_Timer, and the gratuitous ARPs that were due. */
export function masterDeadline(context: Context, state: InstanceState, phase: Master): Outcome {
  const { config, now } = context;
  const garps = takeDueRounds(config, phase.garps, now);
  const afterGarps: InstanceState = { ...state, phase: { ...phase, garps: garps.rounds } };
  if (now < phase.advertAt) return { state: afterGarps, effects: garps.effects };
  const sent = advertise(context, afterGarps);
  return {
    state: {
      ...sent.state,
      phase: countDown({ ...phase, garps: garps.rounds, advertAt: nextAdvert(context, phase) }, context),
    },
    effects: [...sent.effects, ...garps.effects],
  };
}

/**
 * The next advert keeps the phase of the ones before, so that lateness does not add up; after a stall of a whole
 * interval or more what was missed is not caught up with.
 */
function nextAdvert({ config, now }: Context, phase: Master): Master['advertAt'] {
  const inPhase = plus(phase.advertAt, config.advertInterval);
  return inPhase > now ? inPhase : plus(now, config.advertInterval);
}

/** Two owners: the higher one gives the other time for two of its own adverts, and a little more. */
function countDown(phase: Master, { config, now }: Context): Master {
  const { contest } = phase;
  if (contest === undefined || contest.patienceEndsAt !== undefined) return phase;
  const advertsLeft = contest.advertsLeft - 1;
  const longest = later(contest.otherInterval, config.advertInterval);
  const patienceEndsAt = advertsLeft > 0 ? undefined : plus(now, times(longest, 1.2));
  return { ...phase, contest: { ...contest, advertsLeft, patienceEndsAt } };
}

/** Higher priority, or the same and the greater address (RFC 9568 §6.4.3). */
function losesAgainst({ config }: Context, state: InstanceState, advert: HeardAdvert): boolean {
  const ours = effectivePriority(config, state);
  if (advert.priority !== ours) return advert.priority > ours;
  const { source } = state.surroundings;
  return source !== undefined && compareAddresses(advert.source, source) > 0;
}

/** The winner is there already: no priority 0, only `higher_prio_send_advert` says one more word. */
const stepDown =
  (advert: HeardAdvert): Part =>
  (context, state) => {
    const { config } = context;
    const record = messages.higherPriorityHeard(config.name, advert, effectivePriority(config, state));
    return inOrder(
      context,
      state,
      only({ kind: 'log', record }),
      ...(config.higherPrioritySendAdvert ? [advertise] : []),
      leave('silent'),
      remember(advert),
      learnInterval(advert),
      enterBackup(),
    );
  };

/** RFC 9568 §6.4.3: say at once who is master. As keepalived, in v2 too, and with gratuitous ARPs now and later. */
const answerLowerPriority =
  (advert: HeardAdvert): Part =>
  (context, state) => {
    const { config } = context;
    const ours = effectivePriority(config, state);
    const answers = !config.lowerPriorityNoAdvert;
    const record =
      advert.priority === ours
        ? messages.samePriorityLowerAddress(config.name, advert.source, ours)
        : messages.lowerPriorityHeard(config.name, advert, ours, answers);
    return inOrder(
      context,
      state,
      only({ kind: 'log', record }),
      ...(answers ? [advertiseNow] : []),
      announceAgain,
      only({ kind: 'notify-lower-priority', priority: ours }),
    );
  };

const announceAgain: Part = ({ config, now }, state) => {
  if (state.phase.kind !== 'master') return { state, effects: [] };
  const garps = withRounds(state.phase.garps, lowerPriorityRound(config, now));
  return {
    state: { ...state, phase: { ...state.phase, garps } },
    effects: announceAll(config, config.garp.lowerPriorityRepeat),
  };
};
