import type { GlobalConfig } from '../types.ts';
import { differences } from './differences.ts';
import { keywordNames } from './keyword-names.ts';
import { type Consequence, compared, type Planned } from './planned.ts';

const nameOf = keywordNames('global_defs');

/** What is looked at only while the daemon or its first worker starts. */
const onlyAtStart: readonly [keyword: string, different: (a: GlobalConfig, b: GlobalConfig) => boolean][] = [
  ['vrrp_startup_delay', (a, b) => a.vrrpStartupDelay !== b.vrrpStartupDelay],
  ['@holdfast vrrp_socket', (a, b) => a.vrrpSocket !== b.vrrpSocket],
  ['process_names', (a, b) => a.processNames.parent !== b.processNames.parent],
  ['lvs_flush', (a, b) => (a.health?.flushAtStart ?? false) !== (b.health?.flushAtStart ?? false)],
];

/** `global_defs`: values alone; what instances inherit shows in them. */
export function planGlobal(before: GlobalConfig, after: GlobalConfig): Planned {
  const consequences: readonly Consequence[] = onlyAtStart
    .filter(([, different]) => different(before, after))
    .map(([keyword]) => ({ kind: 'restart', text: `${keyword} counts from the next start of the daemon` }));
  const changes = differences(before, after, nameOf);
  return compared('global_defs', '', changes, { consequences });
}
