import { type Micros, micros, times } from '@holdfast/kit';
import type { Violation } from '../checks/types.ts';
import { endOf } from './end-of.ts';
import { settlingTime } from './generate.ts';
import type { Act, RouterPlan, Story } from './types.ts';

/** What breaks a story, if anything does. */
export type Trial = (story: Story) => Violation | undefined;

/**
 * The shortest story that still breaks the same rule: acts and routers are left out, what remains is made plainer,
 * and the end comes right after the violation. Every candidate is run; `budget` bounds how many.
 */
export function shrink(story: Story, trial: Trial, budget = 600): Story {
  const wanted = trial(story)?.rule;
  if (wanted === undefined) return story;
  let left = budget;
  let best = story;
  const accepts = (candidate: Story): boolean => {
    if (left-- <= 0) return false;
    const found = trial(candidate);
    if (found?.rule !== wanted) return false;
    best = candidate;
    return true;
  };
  for (let improved = true; improved && left > 0; ) {
    improved = false;
    for (const candidates of rounds) {
      for (let again = true; again && left > 0; ) {
        again = candidates(best).some(accepts);
        improved ||= again;
      }
    }
  }
  return best;
}

/** Boldest first. */
const rounds: readonly ((story: Story) => readonly Story[])[] = [
  withoutRuns,
  withoutRouters,
  withoutOne,
  plainerRouters,
  plainerActs,
];

/** Leaves out runs of neighbouring acts, long ones first. */
function withoutRuns(story: Story): readonly Story[] {
  const { acts } = story;
  const lengths = [acts.length, Math.ceil(acts.length / 2), Math.ceil(acts.length / 4)].filter((n) => n > 1);
  return lengths.flatMap((length) =>
    acts.flatMap((_, first) =>
      first % length === 0 ? [withActs(story, [...acts.slice(0, first), ...acts.slice(first + length)])] : [],
    ),
  );
}

function withoutOne(story: Story): readonly Story[] {
  return story.acts.map((left) =>
    withActs(
      story,
      story.acts.filter((act) => act !== left),
    ),
  );
}

function withoutRouters(story: Story): readonly Story[] {
  if (story.fleet.length === 1) return [];
  return story.fleet.map(({ name }) => {
    const fleet = story.fleet.filter((plan) => plan.name !== name);
    const acts = story.acts.filter((act) => !mentions(act, name));
    return withActs({ ...story, fleet }, acts);
  });
}

const mentions = (act: Act, name: string): boolean =>
  ('router' in act && act.router === name) || (act.kind === 'cut' && (act.from === name || act.to === name));

/** One property of one router at a time is made what most routers have. */
function plainerRouters(story: Story): readonly Story[] {
  return story.fleet.flatMap((plan, i) =>
    plainer(plan).map((other) => ({ ...story, fleet: story.fleet.with(i, other) })),
  );
}

function plainer(plan: RouterPlan): readonly RouterPlan[] {
  const { config } = plan;
  const simpler: RouterPlan[] = [];
  if (plan.startsAt > 0) simpler.push({ ...plan, startsAt: micros(0) });
  if (config.nopreempt) simpler.push({ ...plan, config: { ...config, nopreempt: false } });
  if (config.preemptDelay > 0) simpler.push({ ...plan, config: { ...config, preemptDelay: micros(0) } });
  if (config.lowerPriorityNoAdvert) {
    simpler.push({ ...plan, config: { ...config, lowerPriorityNoAdvert: false } });
  }
  if (config.virtualAddresses.length > 1) {
    simpler.push({ ...plan, config: { ...config, virtualAddresses: config.virtualAddresses.slice(0, 1) } });
  }
  return simpler;
}

function plainerActs(story: Story): readonly Story[] {
  return story.acts.flatMap((act, i) =>
    shorter(act).map((other) => withActs(story, story.acts.with(i, other))),
  );
}

function shorter(act: Act): readonly Act[] {
  const half = (t: Micros): Micros => times(t, 0.5);
  switch (act.kind) {
    case 'garbage':
      return act.times > 1 ? [{ ...act, times: Math.floor(act.times / 2) }] : [];
    case 'stall':
    case 'cut':
      return act.lasts > 2000 ? [{ ...act, lasts: half(act.lasts) }] : [];
    case 'weather': {
      const { weather } = act;
      if (weather.duplication > 0) return [{ ...act, weather: { ...weather, duplication: 0 } }];
      return act.lasts > 2000 ? [{ ...act, lasts: half(act.lasts) }] : [];
    }
    default:
      return [];
  }
}

/** With other acts the story is over at another time. */
function withActs(story: Story, acts: readonly Act[]): Story {
  const interval = Math.max(...story.fleet.map(({ config }) => config.advertInterval));
  const last = Math.max(...story.fleet.map(({ startsAt }) => startsAt), ...acts.map(endOf));
  const quietAt = micros(last + interval + 10_000);
  return { ...story, acts, quietAt, endsAt: micros(quietAt + settlingTime(story.fleet, acts)) };
}
