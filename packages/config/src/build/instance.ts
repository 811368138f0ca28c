import { type Family, familyOf, type IpAddress, micros, seconds } from '@holdfast/kit';
import { peerEntry } from '../arguments/list-entries.ts';
import { addressEntry } from '../arguments/virtual-address.ts';
import { authenticationRows, vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { Node } from '../parser/node.ts';
import { applyRules } from '../rules/apply.ts';
import type { Authentication, VrrpInstance } from '../types.ts';
import { buildAddresses } from './addresses.ts';
import { type Context, reportAt } from './context.ts';
import { buildGarp } from './garp.ts';
import { interfaceOf } from './interface.ts';
import { buildNotify } from './notify.ts';
import { buildPeers } from './peers.ts';
import { type BlockContent, entriesOf, givenLast, isGiven, readValue } from './read.ts';
import type { DefinedScript } from './script.ts';
import { buildTrackedInterfaces, buildTrackedScripts } from './tracking.ts';

/** One `vrrp_instance`; `undefined` when it cannot run, which has been reported. */
export function buildInstance(
  context: Context,
  node: Node,
  scripts: ReadonlyMap<string, DefinedScript>,
): VrrpInstance | undefined {
  const family = familyOfInstance(context, node);
  const own = interfaceOf(context, node);
  const virtualRouterId = routerIdOf(context, node);
  if (own === undefined || virtualRouterId === undefined) return undefined;
  const addresses = buildAddresses(context, node, family, own);
  const draft: VrrpInstance = {
    name: node.statement.words[1]?.text ?? '',
    interface: own,
    family,
    virtualRouterId,
    ...election(context, node, family),
    authentication: authenticationOf(node),
    ...transport(context, node, family),
    virtualAddresses: addresses.virtual,
    excludedAddresses: addresses.excluded,
    trackScripts: buildTrackedScripts(context, node, scripts),
    trackInterfaces: buildTrackedInterfaces(context, node, own),
    dontTrackPrimary: isGiven(node, rows.dont_track_primary),
    garp: buildGarp(node, context.defaults.garp),
    promoteSecondaries: isGiven(node, rows.promote_secondaries),
    notify: buildNotify(node),
    notifyPriorityChanges:
      readValue(node, rows.notify_priority_changes) ?? context.defaults.notifyPriorityChanges,
  };
  return applyRules(context, node, draft);
}

/** The first virtual address decides, then peers and source; version 3 alone does not make it IPv6. */
function familyOfInstance(context: Context, node: Node): Family {
  const first =
    entriesOf(node, rows.virtual_ipaddress, addressEntry)[0]?.value.address ??
    readValue(node, rows.unicast_src_ip) ??
    readValue(node, rows.mcast_src_ip) ??
    entriesOf(node, rows.unicast_peer, peerEntry)[0]?.value.address;
  if (first !== undefined) return familyOf(first);
  return isGiven(node, rows.native_ipv6) && context.tree.nodes.length > 0 ? 6 : 4;
}

const title = (node: Node): string => node.statement.words.map((word) => word.text).join(' ');

function routerIdOf(context: Context, node: Node): number | undefined {
  const id = readValue(node, rows.virtual_router_id);
  if (id !== undefined || context.reporter.blame(node.subject, 'virtualRouterId', 'fatal')) return id;
  reportAt(context, node.statement, node.subject, {
    code: 'virtual-router-id-missing',
    message: `${title(node)} has no virtual_router_id`,
    used: 'nothing: the daemon does not run without it',
    remedy: 'add a line: virtual_router_id NUMBER (1 to 255, the same on all routers of the address)',
    fatal: true,
  });
  return undefined;
}

type Election = Pick<
  VrrpInstance,
  | 'version'
  | 'initialState'
  | 'priority'
  | 'advertInterval'
  | 'nopreempt'
  | 'preemptDelay'
  | 'downTimerAdverts'
  | 'strict'
  | 'lowerPriorityNoAdvert'
  | 'higherPrioritySendAdvert'
  | 'ownerIgnoreAdverts'
>;

function election({ defaults }: Context, block: BlockContent, family: Family): Election {
  const state = readValue(block, rows.state);
  const priority = readValue(block, rows.priority) ?? (state === 'MASTER' ? 255 : 100);
  const strict = readValue(block, rows.strict_mode) ?? defaults.strict;
  const version = readValue(block, rows.version);
  return {
    // Version 2 is for IPv4 only (RFC 3768 §5.3.1).
    version: family === 6 ? 3 : version === undefined ? defaults.version : version === 3 ? 3 : 2,
    initialState: (state ?? (priority === 255 ? 'MASTER' : 'BACKUP')) === 'MASTER' ? 'MASTER' : 'BACKUP',
    priority,
    advertInterval: readValue(block, rows.advert_int) ?? seconds(1),
    nopreempt: givenLast(block, rows.nopreempt, rows.preempt),
    preemptDelay: readValue(block, rows.preempt_delay) ?? micros(0),
    downTimerAdverts: readValue(block, rows.down_timer_adverts) ?? defaults.downTimerAdverts,
    strict,
    lowerPriorityNoAdvert:
      readValue(block, rows.lower_prio_no_advert) ?? defaults.lowerPriorityNoAdvert ?? strict,
    higherPrioritySendAdvert:
      readValue(block, rows.higher_prio_send_advert) ?? defaults.higherPrioritySendAdvert ?? false,
    ownerIgnoreAdverts:
      readValue(block, rows.owner_ignore_adverts) ??
      (priority === 255 && (defaults.ownerIgnoreAdverts || strict)),
  };
}

type Transport = Pick<
  VrrpInstance,
  | 'sourceAddress'
  | 'multicastDestination'
  | 'unicastPeers'
  | 'unicastTtl'
  | 'checkUnicastSource'
  | 'skipCheckAdvertAddresses'
  | 'checksumWithoutPseudoHeader'
>;

function transport(context: Context, node: Node, family: Family): Transport {
  const { defaults } = context;
  const peers = buildPeers(context, node, family);
  const limitsTtl = peers.some((peer) => peer.minTtl !== undefined || peer.maxTtl !== undefined);
  return {
    sourceAddress: sourceOf(context, node, family),
    multicastDestination: readValue(node, rows.mcast_dst_ip) ?? defaults.multicastDestination,
    unicastPeers: peers,
    unicastTtl: readValue(node, rows.unicast_ttl) ?? 255,
    checkUnicastSource: isGiven(node, rows.check_unicast_src) || defaults.checkUnicastSource || limitsTtl,
    skipCheckAdvertAddresses: readValue(node, rows.skip_check_adv_addr) ?? defaults.skipCheckAdvertAddresses,
    checksumWithoutPseudoHeader:
      readValue(node, rows.v3_checksum_as_v2) ?? defaults.checksumWithoutPseudoHeader,
  };
}

function sourceOf(context: Context, node: Node, family: Family): IpAddress | undefined {
  const row = givenLast(node, rows.unicast_src_ip, rows.mcast_src_ip)
    ? rows.unicast_src_ip
    : rows.mcast_src_ip;
  const source = readValue(node, row);
  if (source === undefined || familyOf(source) === family) return source;
  reportAt(context, node.statement, node.subject, {
    code: 'mixed-families',
    message: `the source address ${source} is not an IPv${family} address`,
    used: 'the primary address of the interface',
    remedy: `write an IPv${family} address, or remove the line`,
    property: 'sourceAddress',
    reload: 'refuse-if-lost',
  });
  return undefined;
}

function authenticationOf(node: Node): Authentication {
  const blocks = node.children.filter((child) => child.row === rows.authentication);
  const block = { children: blocks.flatMap((child) => child.children) };
  const type = readValue(block, authenticationRows.auth_type);
  const password = readValue(block, authenticationRows.auth_pass);
  return type === 'PASS' && password !== undefined ? { type: 'pass', password } : { type: 'none' };
}
