import { address, type IpAddress, type Micros, micros, seconds } from '@holdfast/kit';
import { globalRows } from '../keywords/global-defs.ts';
import { rootRows } from '../keywords/root.ts';
import type { Tree } from '../parser/node.ts';
import type { GlobalConfig } from '../types.ts';
import { buildHealth } from './health.ts';
import { type BlockContent, isGiven, nodesOf, readValue } from './read.ts';

/** What instances fall back to. */
export interface InstanceDefaults {
  readonly version: 2 | 3;
  readonly strict: boolean;
  readonly downTimerAdverts: number;
  readonly garp: GarpDefaults;
  readonly lowerPriorityNoAdvert: boolean | undefined;
  readonly higherPrioritySendAdvert: boolean | undefined;
  readonly ownerIgnoreAdverts: boolean;
  readonly checkUnicastSource: boolean;
  readonly skipCheckAdvertAddresses: boolean;
  readonly notifyPriorityChanges: boolean;
  readonly checksumWithoutPseudoHeader: boolean;
  readonly multicastDestination: IpAddress;
}

export interface GarpDefaults {
  readonly masterDelay: Micros;
  readonly masterRepeat: number;
  readonly masterRefresh: Micros;
  readonly masterRefreshRepeat: number;
  /** Unset: as for the master. */
  readonly lowerPriorityDelay: Micros | undefined;
  readonly lowerPriorityRepeat: number | undefined;
}

/** All `global_defs` blocks count as one. */
export function globalBlock(tree: Tree): BlockContent {
  const blocks = nodesOf({ children: tree.nodes }, rootRows.global_defs);
  return { children: blocks.flatMap((block) => block.children) };
}

export function buildGlobal(tree: Tree): GlobalConfig {
  const block = globalBlock(tree);
  const parent = readValue(block, globalRows.process_name);
  const usual = isGiven(block, globalRows.process_names) ? 'keepalived_vrrp' : undefined;
  const vrrp = readValue(block, globalRows.vrrp_process_name) ?? usual;
  const health = buildHealth(block);
  return {
    routerId: readValue(block, globalRows.router_id),
    enableScriptSecurity: isGiven(block, globalRows.enable_script_security),
    scriptUser: readValue(block, globalRows.script_user),
    dynamicInterfaces: isGiven(block, globalRows.dynamic_interfaces),
    vrrpStartupDelay: readValue(block, globalRows.vrrp_startup_delay) ?? micros(0),
    vrrpRealtimePriority: readValue(block, globalRows.vrrp_rt_priority),
    vrrpNice: readValue(block, globalRows.vrrp_priority),
    childWaitTime: readValue({ children: tree.nodes }, rootRows.child_wait_time) ?? seconds(5),
    processNames: { ...(parent === undefined ? {} : { parent }), ...(vrrp === undefined ? {} : { vrrp }) },
    logUnknownVrids: isGiven(block, globalRows.log_unknown_vrids),
    reloadCheckConfig: isGiven(block, globalRows.reload_check_config),
    vrrpSocket: readValue(block, globalRows.vrrp_socket) === 'raw-socket' ? 'raw-socket' : 'native',
    garpInterval: readValue(block, globalRows.vrrp_garp_interval) ?? micros(0),
    ...(health === undefined ? {} : { health }),
  };
}

export function buildDefaults(block: BlockContent): InstanceDefaults {
  return {
    version: readValue(block, globalRows.vrrp_version) === 3 ? 3 : 2,
    strict: readValue(block, globalRows.vrrp_strict) ?? false,
    downTimerAdverts: readValue(block, globalRows.vrrp_down_timer_adverts) ?? 3,
    garp: garpDefaults(block),
    lowerPriorityNoAdvert: readValue(block, globalRows.vrrp_lower_prio_no_advert),
    higherPrioritySendAdvert: readValue(block, globalRows.vrrp_higher_prio_send_advert),
    ownerIgnoreAdverts: readValue(block, globalRows.vrrp_owner_ignore_adverts) ?? false,
    checkUnicastSource: isGiven(block, globalRows.vrrp_check_unicast_src),
    skipCheckAdvertAddresses: readValue(block, globalRows.vrrp_skip_check_adv_addr) ?? false,
    notifyPriorityChanges: readValue(block, globalRows.vrrp_notify_priority_changes) ?? false,
    checksumWithoutPseudoHeader: isGiven(block, globalRows.v3_checksum_as_v2),
    multicastDestination: readValue(block, globalRows.vrrp_mcast_group4) ?? address('224.0.0.18'),
  };
}

/** `vrrp_min_garp` lessens what is not configured otherwise. */
function garpDefaults(block: BlockContent): GarpDefaults {
  const least = readValue(block, globalRows.vrrp_min_garp) ?? false;
  return {
    masterDelay: readValue(block, globalRows.vrrp_garp_master_delay) ?? seconds(least ? 0 : 5),
    masterRepeat: readValue(block, globalRows.vrrp_garp_master_repeat) ?? (least ? 1 : 5),
    masterRefresh: readValue(block, globalRows.vrrp_garp_master_refresh) ?? micros(0),
    masterRefreshRepeat: readValue(block, globalRows.vrrp_garp_master_refresh_repeat) ?? (least ? 0 : 1),
    lowerPriorityDelay: readValue(block, globalRows.vrrp_garp_lower_prio_delay),
    lowerPriorityRepeat: readValue(block, globalRows.vrrp_garp_lower_prio_repeat),
  };
}
