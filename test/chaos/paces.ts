import { masterDownInterval } from '../support/pair.ts';
import { priorityOf } from './arena.ts';
import type { Pace } from './happening.ts';

/** The everyday pace, and one at which a spare worker stands ready because a backup takes over in a third of a second. */
export const paces: readonly Pace[] = [pace('1', 1, 2), pace('0.1', 0.1, 3)];

function pace(name: string, advertInt: number, version: 2 | 3): Pace {
  return {
    name,
    advertInt,
    version,
    advertInterval: advertInt * 1e6,
    masterDownInterval: (router) => masterDownInterval(priorityOf(router), advertInt, version),
  };
}
