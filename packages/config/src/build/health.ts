import { globalRows } from '../keywords/global-defs.ts';
import type { HealthConfig } from '../lvs-types.ts';
import { type BlockContent, isGiven, nodeOf, readValue } from './read.ts';

/** Any of these makes a difference. */
const rows = [
  globalRows.checker_process_name,
  globalRows.process_names,
  globalRows.checker_priority,
  globalRows.checker_rt_priority,
  globalRows.lvs_flush,
  globalRows.lvs_flush_on_stop,
  globalRows.lvs_timeouts,
  globalRows.lvs_sync_daemon,
  globalRows.checks_in_flight,
];

/** What `global_defs` says of the healthcheck worker; `undefined` where it says nothing. */
export function buildHealth(block: BlockContent): HealthConfig | undefined {
  if (rows.every((row) => nodeOf(block, row) === undefined)) return undefined;
  const usual = isGiven(block, globalRows.process_names) ? 'keepalived_lvs' : undefined;
  return {
    processName: readValue(block, globalRows.checker_process_name) ?? usual,
    nice: readValue(block, globalRows.checker_priority),
    realtimePriority: readValue(block, globalRows.checker_rt_priority),
    flushAtStart: isGiven(block, globalRows.lvs_flush),
    flushAtStop: readValue(block, globalRows.lvs_flush_on_stop) === 'everything',
    timeouts: readValue(block, globalRows.lvs_timeouts),
    mostInFlight: readValue(block, globalRows.checks_in_flight),
    syncDaemon: readValue(block, globalRows.lvs_sync_daemon),
  };
}
