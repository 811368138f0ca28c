import {
  address,
  centiseconds,
  type Micros,
  micros,
  millis,
  plus,
  type Random,
  seconds,
  seededRandom,
  times,
} from '@holdfast/kit';
import { endOf } from './end-of.ts';
import { generateActs } from './generate-acts.ts';
import { type Ground, somePriority } from './ground.ts';
import { routerConfig, virtualAddress } from './router-config.ts';
import type { Act, RouterPlan, Story } from './types.ts';

/** The story of a seed: a fleet, and what befalls it. The same seed always tells the same one. */
export function generateStory(seed: number): Story {
  const chance = seededRandom(Math.imul(seed, 0x9e3779b1));
  const ground = generateGround(chance);
  const fleet = generateFleet(chance, ground);
  const acts = generateActs(chance, ground, fleet);
  const quietAt = lastMoment(fleet, acts, ground);
  return { seed, fleet, acts, quietAt, endsAt: plus(quietAt, settlingTime(fleet, acts)) };
}

function generateGround(chance: Random): Ground {
  const version = chance.chance(0.4) ? 2 : 3;
  const interval =
    version === 2
      ? seconds(chance.pick([1, 1, 1, 2, 3]))
      : centiseconds(chance.pick([2, 5, 7, 10, 25, 33, 100, 100, 101, 300]));
  return { version, interval, unicast: chance.chance(0.3) };
}

function generateFleet(chance: Random, ground: Ground): readonly RouterPlan[] {
  const size = chance.pick([2, 2, 2, 3, 3, 4, 5, 6]);
  const names = 'ABCDEF'.slice(0, size).split('');
  const addresses = shuffled(
    chance,
    names.map((_, i) => address(`10.0.0.${i + 1}`)),
  );
  const owner = chance.chance(0.12) ? chance.whole(0, size - 1) : undefined;
  const addressCount = chance.whole(1, 3);
  return names.map((name, i): RouterPlan => {
    const source = addresses[i] ?? address('10.0.0.99');
    const preempts = i === owner ? 'at once' : chance.pick(['at once', 'at once', 'late', 'never'] as const);
    const config = routerConfig({
      version: ground.version,
      priority: i === owner ? 255 : somePriority(chance),
      advertInterval: ownInterval(chance, ground),
      nopreempt: preempts === 'never',
      preemptDelay: preempts === 'late' ? times(ground.interval, chance.whole(1, 12)) : micros(0),
      virtualAddresses: Array.from({ length: addressCount }, (_, n) => virtualAddress(n)),
      lowerPriorityNoAdvert: chance.chance(0.15),
      peers: ground.unicast ? addresses.filter((a) => a !== source) : [],
      loadWeight: chance.pick([-60, -20, -5, 5, 20, 60]),
    });
    const startsAt = chance.chance(0.6)
      ? micros(chance.whole(0, 20_000))
      : times(ground.interval, 6 * chance.fraction());
    return { name, source, config, startsAt };
  });
}

/** Version 2 wants one interval for all; version 3 learns the master's. */
const ownInterval = (chance: Random, { version, interval }: Ground): Micros =>
  version === 3 && chance.chance(0.25) ? times(interval, chance.pick([2, 3])) : interval;

function shuffled<T>(chance: Random, items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, place: chance.fraction() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function lastMoment(fleet: readonly RouterPlan[], acts: readonly Act[], { interval }: Ground): Micros {
  return micros(
    Math.max(...fleet.map(({ startsAt }) => startsAt), ...acts.map(endOf)) + interval + millis(10),
  );
}

/** Two generations of masters, a delayed preemption and the adverts between fit in, by the slowest clock of all. */
export function settlingTime(fleet: readonly RouterPlan[], acts: readonly Act[]): Micros {
  const changes = acts.flatMap((act) => (act.kind === 'reload' ? [act.change] : []));
  const configs = [...fleet.map(({ config }) => config), ...changes];
  const longest = (of: (config: (typeof configs)[number]) => Micros | undefined): number =>
    Math.max(...configs.map((config) => of(config) ?? 0));
  const down =
    4 *
    Math.max(
      longest((c) => c.advertInterval),
      fleet[0]?.config.version === 2 ? 1e6 : 0,
    );
  return micros(3 * down + longest((c) => c.preemptDelay));
}
