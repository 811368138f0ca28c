import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { GarpSettings } from '../types.ts';
import type { GarpDefaults } from './global.ts';
import { type BlockContent, readValue } from './read.ts';

/** What an instance says about gratuitous ARP, and what it leaves to `global_defs`. */
export function buildGarp(block: BlockContent, defaults: GarpDefaults): GarpSettings {
  const masterDelay = readValue(block, rows.garp_master_delay) ?? defaults.masterDelay;
  const masterRepeat = readValue(block, rows.garp_master_repeat) ?? defaults.masterRepeat;
  return {
    masterDelay,
    masterRepeat,
    masterRefresh: readValue(block, rows.garp_master_refresh) ?? defaults.masterRefresh,
    masterRefreshRepeat: readValue(block, rows.garp_master_refresh_repeat) ?? defaults.masterRefreshRepeat,
    lowerPriorityDelay:
      readValue(block, rows.garp_lower_prio_delay) ?? defaults.lowerPriorityDelay ?? masterDelay,
    lowerPriorityRepeat:
      readValue(block, rows.garp_lower_prio_repeat) ?? defaults.lowerPriorityRepeat ?? masterRepeat,
  };
}
