import type { VrrpInstance } from '@holdfast/config';
import {
  type InstanceEvent,
  initialState,
  nextDeadline,
  type SavedInstance,
  savedInstance,
  step,
} from '@holdfast/vrrp';
import { type Letter, type ShellWorld, type VirtualWorker, virtualProcess } from './process.ts';
import { hear } from './receive-path.ts';

/** A deadline that stays due however often it is served would turn for ever. */
const MOST_DEADLINES_A_TURN = 20;

/** A worker with the plainest shell there can be around the logic: packets, letters, deadlines, each a step. */
export function plainWorker(
  name: string,
  world: ShellWorld,
  first: VrrpInstance,
  saved: SavedInstance | undefined,
): VirtualWorker {
  const { time, source } = world;
  let config = first;
  let state = initialState(config, world.surroundings(), time.now());

  const apply = (event: InstanceEvent): void => {
    const [at, before] = [time.now(), state];
    const { state: after, effects } = step(config, state, event, at);
    state = after;
    for (const effect of effects) world.perform(effect, config);
    world.observe({ at, router: name, kind: 'step', config, source, event, before, after, effects });
  };
  const drain = (): void => {
    for (const packet of shell.takePackets()) {
      const advert = hear(config, state, packet);
      const believed = advert !== undefined;
      world.observe({ at: time.now(), router: name, kind: 'received', packet, believed, config });
      if (advert !== undefined) apply({ kind: 'advert', advert });
    }
  };
  const read = (letter: Letter): boolean => {
    if (!('kind' in letter)) {
      const previous = config;
      config = letter;
      apply({ kind: 'reload', previous });
    } else if (letter.kind !== 'kernel-reports') {
      apply(letter);
      return letter.kind === 'stop';
    }
    return false;
  };
  const serveDeadlines = (): void => {
    for (let served = 0; served < MOST_DEADLINES_A_TURN; served++) {
      const due = nextDeadline(state);
      if (due === undefined || due > time.now()) return;
      apply({ kind: 'deadline' });
    }
  };
  const shell = virtualProcess(
    name,
    world,
    { kind: 'start', saved, handedOver: world.handedOver() },
    {
      turn(letters) {
        drain();
        const stopped = letters.some(read);
        if (!stopped) serveDeadlines();
        world.report(savedInstance(config, state, []));
        return stopped;
      },
      next: () => nextDeadline(state),
    },
  );
  return shell.worker({ state: () => state, config: () => config });
}
