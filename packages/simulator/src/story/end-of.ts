import { type Micros, plus, times } from '@holdfast/kit';
import type { Act } from './types.ts';

/** When an act is over. */
export function endOf(act: Act): Micros {
  switch (act.kind) {
    case 'stall':
    case 'cut':
    case 'weather':
      return plus(act.at, act.lasts);
    case 'kill-worker':
      return plus(act.at, act.back);
    case 'garbage':
      return plus(act.at, times(act.every, act.times));
    default:
      return act.at;
  }
}
