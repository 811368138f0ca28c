import { kill } from '../lab-support/daemon.ts';
import { monotonicMicros } from '../lab-support/monotonic.ts';
import { descendants, isRunning } from '../lab-support/processes.ts';
import { eventually, pause } from '../lab-support/until.ts';
import type { Arena } from './arena.ts';
import { afterCore, late } from './bounds.ts';
import type { Card, Target } from './deck.ts';
import { victim } from './victim.ts';

/** Workers that keep being killed are replaced after at most 60 s. */
const patience = 70_000;

/** Carries out the kills of a card. */
export async function strike(arena: Arena, { targets, gap }: Card): Promise<void> {
  const [first, second] = targets;
  if (first === undefined) return;
  // Whose core is dead has children that cannot be found any more: who comes second is looked up before.
  const foreseen = second === undefined ? undefined : victim(arena.daemon(second.router), second.role);
  await killTarget(arena, first, undefined);
  if (second === undefined) return;
  await pause(gap);
  await killTarget(arena, second, foreseen);
}

async function killTarget(
  arena: Arena,
  { router, role }: Target,
  foreseen: number | undefined,
): Promise<void> {
  const lives = foreseen !== undefined && isRunning(foreseen);
  const pid =
    victim(arena.daemon(router), role) ??
    (lives ? foreseen : await eventually(patience, () => victim(arena.daemon(router), role)));
  if (pid === undefined) {
    arena.note({ at: monotonicMicros(), router, kind: 'not-there', role });
    return;
  }
  const orphans = role === 'core' ? descendants(pid).slice(1) : [];
  arena.note({ at: monotonicMicros(), router, kind: 'killed', role, pid });
  kill(pid);
  if (orphans.length > 0) setTimeout(() => lookForOrphans(arena, router, orphans), (afterCore + late) / 1000);
}

function lookForOrphans(arena: Arena, router: string, orphans: readonly number[]): void {
  for (const pid of orphans.filter(isRunning)) {
    arena.note({ at: monotonicMicros(), router, kind: 'outlived', pid });
    // It would disturb everything that follows.
    kill(pid);
  }
}
