import { unreachable } from '@holdfast/kit';
import type { Running } from '../system/running.ts';
import { dataText } from './data.ts';
import type { DumpedScript } from './dumped-script.ts';
import { jsonText } from './json.ts';
import { statsText } from './stats.ts';
import type { DumpTime } from './time.ts';

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
