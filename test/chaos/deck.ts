import { type Random, seededRandom } from '@holdfast/kit';
import type { Role } from './happening.ts';

export interface Target {
  readonly router: string;
  readonly role: Role;
}

/** One or two kills and the time until the next ones. */
export interface Card {
  readonly targets: readonly Target[];
  /** Milliseconds between the first and the second kill. */
  readonly gap: number;
  /** Before it, wait until all is well again; otherwise strike while the pair is still at it. */
  readonly settle: boolean;
  /** Milliseconds of patience before the first kill, so that every phase between two adverts is met. */
  readonly patience: number;
}

/**
 * Who is killed in a round, shuffled by seed: each router's core and worker equally often, and the spare half as often
 * where there is one. @param advertInterval microseconds
 */
export function deck(seed: number, kills: number, spares: boolean, advertInterval: number): readonly Card[] {
  const random = seededRandom(seed);
  const targets = shuffled(targetsFor(kills, spares), random);
  const cards: Card[] = [];
  while (targets.length > 0) {
    const isDouble = random.chance(0.15);
    cards.push({
      targets: targets.splice(0, isDouble ? 2 : 1),
      gap: random.whole(0, 95),
      settle: random.chance(0.7),
      patience: random.fraction() * (advertInterval / 1000),
    });
  }
  return cards;
}

function targetsFor(kills: number, spares: boolean): readonly Target[] {
  const roles: readonly Role[] = spares ? ['core', 'worker', 'core', 'worker', 'spare'] : ['core', 'worker'];
  const cycle = roles.flatMap((role) => ['router1', 'router2'].map((router) => ({ router, role })));
  return Array.from({ length: kills }, (_, index) => cycle[index % cycle.length]).filter(
    (target) => target !== undefined,
  );
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(random.whole(0, rest.length - 1), 1));
}
