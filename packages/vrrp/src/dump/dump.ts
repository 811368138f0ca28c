import type { VrrpScript } from '@holdfast/config';
import { type Micros, unreachable } from '@holdfast/kit';
import type { ScriptState } from '../logic/script.ts';
import type { Running } from '../system/running.ts';
import { dataText } from './data.ts';
import { jsonText } from './json.ts';
import { statsText } from './stats.ts';

/** The monotonic and the wall clock at the same moment, so that one can be told in terms of the other. */
export interface DumpTime {
  readonly now: Micros;
  readonly wallSeconds: number;
}

export interface DumpedScript {
  readonly config: VrrpScript;
  readonly state: ScriptState;
}

/** The text of keepalived.data, keepalived.stats or keepalived.json. */
export function dumpText(
  what: 'data' | 'stats' | 'json',
  instances: readonly Running[],
  scripts: readonly DumpedScript[],
  time: DumpTime,
): string {
  switch (what) {
    case 'data':
      return dataText(instances, scripts, time);
    case 'stats':
      return statsText(instances);
    case 'json':
      return jsonText(instances, scripts, time);
    default:
      return unreachable(what);
  }
}

/** A point of the monotonic clock as seconds since the epoch. */
export const epochSeconds = (at: Micros, { now, wallSeconds }: DumpTime): number =>
  wallSeconds - (now - at) / 1e6;
