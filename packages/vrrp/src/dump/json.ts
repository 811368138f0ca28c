import type { ScriptCommand, VrrpInstance } from '@holdfast/config';
import { type Micros, toSeconds } from '@holdfast/kit';
import { effectivePriority } from '../logic/priority.ts';
import type { Phase } from '../logic/types.ts';
import type { Running } from '../system/running.ts';
import { printableAddress } from './address-text.ts';
import type { DumpedScript } from './dumped-script.ts';
import { packetCount } from './stats.ts';
import { type DumpTime, epochSeconds } from './time.ts';

/** keepalived.json, version 1: an array of instances with `data` and `stats`, keepalived's fields in its order. */
export function jsonText(
  instances: readonly Running[],
  scripts: readonly DumpedScript[],
  time: DumpTime,
): string {
  return JSON.stringify(
    instances.map((running) => ({ data: data(running, scripts, time), stats: stats(running) })),
  );
}

/** keepalived's numbers of the states. */
export const stateNumbers: Readonly<Record<Phase['kind'], number>> = {
  init: 0,
  backup: 1,
  master: 2,
  fault: 3,
};

function data(running: Running, scripts: readonly DumpedScript[], time: DumpTime): object {
  const { config, state } = running;
  const isMaster = state.phase.kind === 'master';
  return {
    iname: config.name,
    dont_track_primary: flag(config.dontTrackPrimary),
    skip_check_adv_addr: flag(config.skipCheckAdvertAddresses),
    strict_mode: flag(config.strict),
    vmac_ifname: '',
    ifp_ifname: config.interface,
    master_priority: state.master?.priority ?? 0,
    last_transition: Number(epochSeconds(state.enteredAt, time).toFixed(6)),
    ...garp(config),
    lower_prio_no_advert: flag(config.lowerPriorityNoAdvert),
    higher_prio_send_advert: flag(config.higherPrioritySendAdvert),
    vrid: config.virtualRouterId,
    base_priority: config.priority,
    effective_priority: effectivePriority(config, state),
    vipset: isMaster,
    promote_secondaries: config.promoteSecondaries,
    adver_int: toSeconds(config.advertInterval),
    master_adver_int: toSeconds(state.masterAdvertInterval),
    accept: 1,
    nopreempt: config.nopreempt,
    preempt_delay: toSeconds(config.preemptDelay),
    state: stateNumbers[state.phase.kind],
    wantstate: stateNumbers[isMaster ? 'master' : config.priority === 255 ? 'master' : 'backup'],
    version: config.version,
    smtp_alert: false,
    notify_deleted: config.notify.reportDeleted,
    ...notifyFields(config),
    ...listFields(running, scripts),
    ...authentication(config),
  };
}

const flag = (on: boolean): number => (on ? 1 : 0);
const wholeSeconds = (t: Micros): number => Math.round(toSeconds(t));

const garp = ({ garp: g }: VrrpInstance): object => ({
  garp_delay: toSeconds(g.masterDelay),
  garp_refresh: wholeSeconds(g.masterRefresh),
  garp_rep: g.masterRepeat,
  garp_refresh_rep: g.masterRefreshRepeat,
  garp_lower_prio_delay: wholeSeconds(g.lowerPriorityDelay),
  garp_lower_prio_rep: g.lowerPriorityRepeat,
});

function notifyFields({ notify }: VrrpInstance): object {
  const field = (name: string, command: ScriptCommand | undefined): object =>
    command === undefined ? {} : { [name]: command.argv.join(' ') };
  return {
    ...field('script_backup', notify.backup),
    ...field('script_master', notify.master),
    ...field('script_fault', notify.fault),
    ...field('script_stop', notify.stop),
    ...field('script_deleted', notify.deleted),
    ...field('script', notify.any),
    ...field('script_master_rx_lower_pri', notify.masterRxLowerPriority),
  };
}

/** A list that is empty is left out. */
function listFields({ config, state }: Running, scripts: readonly DumpedScript[]): object {
  const isSet = state.phase.kind === 'master';
  const list = (name: string, items: readonly string[]): object =>
    items.length === 0 ? {} : { [name]: items };
  const commandOf = (name: string): string =>
    scripts.find((script) => script.config.name === name)?.config.command.argv.join(' ') ?? name;
  return {
    ...list(
      'vips',
      config.virtualAddresses.map((a) => printableAddress(a, isSet)),
    ),
    ...list(
      'evips',
      config.excludedAddresses.map((a) => printableAddress(a, isSet)),
    ),
    ...list(
      'track_ifp',
      config.trackInterfaces.map(({ name }) => name),
    ),
    ...list(
      'track_script',
      config.trackScripts.map(({ name }) => commandOf(name)),
    ),
  };
}

/** The password is never shown. */
const authentication = ({ authentication: { type } }: VrrpInstance): object =>
  type === 'pass' ? { auth_type: 1, auth_data: '********' } : { auth_type: 0 };

function stats(running: Running): object {
  const { counters } = running.state;
  return {
    advert_rcvd: counters.advertsReceived,
    advert_sent: counters.advertsSent,
    become_master: counters.becameMaster,
    release_master: counters.releasedMaster,
    packet_len_err: packetCount(running, 'packet_len_err'),
    advert_interval_err: packetCount(running, 'advert_interval_err'),
    ip_ttl_err: packetCount(running, 'ip_ttl_err'),
    invalid_type_rcvd: packetCount(running, 'invalid_type_rcvd'),
    addr_list_err: packetCount(running, 'addr_list_err'),
    invalid_authtype: packetCount(running, 'invalid_authtype'),
    authtype_mismatch: packetCount(running, 'authtype_mismatch'),
    auth_failure: packetCount(running, 'auth_failure'),
    pri_zero_rcvd: counters.priorityZeroReceived,
    pri_zero_sent: counters.priorityZeroSent,
  };
}
