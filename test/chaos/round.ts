import type { SeenAdvert } from '../lab-support/advert-watch.ts';
import type { OutputLine } from '../lab-support/daemon.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { eventually, pause } from '../lab-support/until.ts';
import { vip } from '../support/pair.ts';
import { type Arena, openArena } from './arena.ts';
import type { Card } from './deck.ts';
import type { Course, Pace } from './happening.ts';
import { strike } from './strike.ts';

/** What came of a round: its course, and every request of the client. */
export interface Round {
  readonly course: Course;
  readonly requests: number;
  readonly outage: (from: number, to: number) => number;
  /** Every advert that a router sent, and what the daemons said, each line beginning with the router. */
  readonly adverts: readonly SeenAdvert[];
  readonly output: readonly OutputLine[];
}

/** A request ends or is given up within a second. */
const settleRequests = 1100;
/** Workers that keep being killed wait up to a minute; then there must be one. */
const settleAtMost = 75_000;

/** Plays the cards of a round. @param tell is told before each card how many were played */
export async function playRound(
  pace: Pace,
  cards: readonly Card[],
  tell: (card: Card, number: number) => void,
): Promise<Round> {
  const arena = await openArena(pace);
  try {
    await settled(arena, pace);
    const begin = monotonicMicros();
    for (const [number, card] of cards.entries()) {
      if (card.settle) await settled(arena, pace);
      await pause(card.patience);
      tell(card, number);
      await strike(arena, card);
    }
    await settled(arena, pace);
    const end = monotonicMicros();
    await pause(settleRequests);
    const lost = arena.probe.lost(begin, end).map(({ started }) => started);
    return {
      course: { pace, happenings: arena.happenings(), lost, end },
      requests: lost.length + arena.probe.answered(begin, end).length,
      outage: arena.probe.outage,
      adverts: arena.adverts.adverts,
      output: arena.network.routers.flatMap((host) =>
        arena.output(host).map(({ at, text }) => ({ at, text: `${host}: ${text}` })),
      ),
    };
  } finally {
    await arena.close();
  }
}

/** All is well: both listen, router1 alone has the address, and nothing has happened for somewhat more than two adverts. */
async function settled(arena: Arena, pace: Pace): Promise<void> {
  const quiet = 2.2 * pace.advertInterval;
  const isWell = (): boolean =>
    arena.addresses.owners(vip).join() === 'router1' &&
    arena.network.routers.every(
      (host) => arena.listening.isListening(host) && arena.daemon(host).isRunning(),
    ) &&
    monotonicMicros() > (arena.happenings().at(-1)?.at ?? 0) + quiet;
  if ((await eventually(settleAtMost, isWell)) === undefined) {
    arena.note({ at: monotonicMicros(), router: 'router1', kind: 'unsettled' });
  }
}
