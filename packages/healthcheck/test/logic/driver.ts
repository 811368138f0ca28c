import type { VirtualServer } from '@holdfast/config';
import type { Pool } from '@holdfast/ipvs-netlink';
import { type Micros, seconds } from '@holdfast/kit';
import {
  type CheckResult,
  desiredPools,
  type HealthEffect,
  type HealthEvent,
  initialState,
  nextDeadline,
  type SavedPool,
  step,
  type VirtualServerState,
} from '../../src/index.ts';

/** A virtual server that lives from line to line of a test. */
export interface Driver {
  readonly state: VirtualServerState;
  now: Micros;
  happens(event: HealthEvent): readonly string[];
  /** Lets every checker of a server (0 is the first) run once. @returns what the results made */
  checked(server: number, result: CheckResult): readonly string[];
  reloads(config: VirtualServer): readonly string[];
  /** The servers of the first service, as `10.9.1.1:80 w1`. */
  table(): readonly string[];
  /** Every service with its servers. */
  tables(): readonly string[];
}

export function drive(config: VirtualServer, saved?: SavedPool): Driver & Said {
  let [state, current] = [initialState, config];
  const driver: Driver = {
    get state() {
      return state;
    },
    now: seconds(10),
    happens(event) {
      const outcome = step(current, state, event, driver.now);
      state = outcome.state;
      return outcome.effects.flatMap(textOf);
    },
    checked(server, result) {
      const said: string[] = [];
      for (let i = 0; i < (current.realServers[server]?.checkers.length ?? 0); i++) {
        const due = state.servers[server]?.checkers[i]?.nextAt ?? driver.now;
        while (state.servers[server]?.checkers[i]?.running === undefined) {
          driver.now = nextDeadline(state) ?? due;
          driver.happens({ kind: 'deadline' });
        }
        const run = state.servers[server]?.checkers[i]?.running ?? 0;
        said.push(...driver.happens({ kind: 'finished', run, result }));
      }
      return said;
    },
    reloads(next) {
      const previous = current;
      current = next;
      return driver.happens({ kind: 'reload', previous, chance: [0] });
    },
    table() {
      const [pool] = desiredPools(current, state).values();
      return pool === undefined ? [] : serversOf(pool);
    },
    tables: () =>
      [...desiredPools(current, state)].map(([id, pool]) => `${id}: ${serversOf(pool).join(' ')}`),
  };
  const said = driver.happens({ kind: 'start', saved, chance: [0] });
  return Object.assign(driver, { said });
}

const serversOf = ({ servers }: Pool): readonly string[] =>
  [...servers].map(([key, { weight }]) => `${key} w${weight}`);

/** Effects as lines: the log's sentences, `plan`, whom is told what, checks that begin or are given up. */
function textOf(effect: HealthEffect): readonly string[] {
  switch (effect.kind) {
    case 'log':
      return effect.record.id === 'checker-activated' ? [] : [effect.record.text];
    case 'activate':
      return [];
    case 'notify':
      return [`notify_${effect.what} ${effect.server.key}`];
    case 'notify-quorum':
      return [`quorum_${effect.what}`];
    case 'check':
      return [`check ${effect.server}.${effect.checker}`];
    case 'cancel':
      return [`cancel ${effect.run}`];
    default:
      return [effect.kind];
  }
}

interface Said {
  /** What the start made. */
  readonly said: readonly string[];
}
