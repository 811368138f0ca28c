import type { VrrpInstance } from '@holdfast/config';
import { address, seconds } from '@holdfast/kit';
import { beforeEach } from 'vitest';
import type { VrrpFact } from '../../src/ipc.ts';
import { advertDatagrams } from '../../src/logic/transmit.ts';
import type { Worker } from '../../src/system/worker-loop.ts';
import { configure, FakeWorld, settled } from './fake-world.ts';

/** A worker on a made-up kernel, new for each test. */
export interface WorkerBench {
  readonly world: FakeWorld;
  readonly worker: Worker;
  /** Another kernel and another worker. @param prepare what is there before the worker looks around */
  replace(prepare?: (world: FakeWorld) => void): Promise<void>;
  configured(...args: Parameters<typeof configure>): Promise<void>;
  /** What has been asked of the world since the last call. */
  news(): readonly string[];
  factsOf<K extends VrrpFact['kind']>(kind: K): readonly Extract<VrrpFact, { kind: K }>[];
  /** Waits until an instance of priority 100 has taken over, 0.09 s longer. */
  becomeMaster(): Promise<void>;
}

export function useWorker(): WorkerBench {
  let world = new FakeWorld();
  let worker: Worker | undefined;
  const replace = async (prepare?: (fresh: FakeWorld) => void): Promise<void> => {
    world = new FakeWorld();
    prepare?.(world);
    worker = await world.worker();
  };
  beforeEach(() => replace());
  return {
    get world() {
      return world;
    },
    get worker() {
      if (worker === undefined) throw new TypeError('there is no worker outside a test');
      return worker;
    },
    replace,
    async configured(...args) {
      worker?.receive(configure(...args));
      await settled();
    },
    news: () => world.log.splice(0),
    factsOf: (kind) => world.facts.filter((fact) => isOf(fact, kind)),
    async becomeMaster() {
      world.pass(seconds(3.7));
      await settled();
    },
  };
}

/** The datagram of an advert as another router of the same configuration sends it. */
export function advertFrom(source: string, config: VrrpInstance, priority: number): Uint8Array {
  const [datagram] = advertDatagrams(config, address(source), priority, 1);
  if (datagram === undefined) throw new RangeError('no datagram');
  return datagram.bytes;
}

function isOf<K extends VrrpFact['kind']>(fact: VrrpFact, kind: K): fact is Extract<VrrpFact, { kind: K }> {
  return fact.kind === kind;
}
