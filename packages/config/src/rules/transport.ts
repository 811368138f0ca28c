import { familyOf } from '@holdfast/kit';
import { isGiven, nodeOf, readValue } from '../build/read.ts';
import { laterVrrpInstanceRows } from '../keywords/later/vrrp-instance.ts';
import type { Row } from '../keywords/row.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import { type InstanceRule, reportKeyword } from './rule.ts';

/** Adverts to peers do not go to a group. */
const noGroupWithPeers: InstanceRule = (instance, node, context) => {
  if (instance.unicastPeers.length === 0 || !isGiven(node, rows.mcast_dst_ip)) return instance;
  reportKeyword(context, node, rows.mcast_dst_ip, {
    code: 'group-with-peers',
    severity: 'warning',
    message: 'mcast_dst_ip has no effect with unicast_peer',
    used: 'adverts go to the peers',
    remedy: 'remove the line',
    keepalived: 'reported',
  });
  return { ...instance, multicastDestination: context.defaults.multicastDestination };
};

/** A group of the other family cannot be spoken to. */
const groupOfTheFamily: InstanceRule = (instance, node, context) => {
  const group = readValue(node, rows.mcast_dst_ip);
  if (group === undefined || familyOf(group) === instance.family) return instance;
  reportKeyword(context, node, rows.mcast_dst_ip, {
    code: 'mixed-families',
    message: `mcast_dst_ip ${group} is no IPv${instance.family} address like those of the instance`,
    word: 1,
    used: 'the usual group',
    remedy: 'write a group of the family, or remove the line',
    reload: 'refuse-if-lost',
  });
  return { ...instance, multicastDestination: context.defaults.multicastDestination };
};

const unicastKeywords: readonly Row[] = [
  rows.unicast_src_ip,
  rows.unicast_ttl,
  rows.check_unicast_src,
  rows.unicast_peer,
  laterVrrpInstanceRows.old_unicast_checksum,
];

/** Unicast keywords without a peer: adverts go to the group after all, which is hardly what was meant. */
const unicastNeedsPeers: InstanceRule = (instance, node, context) => {
  if (instance.unicastPeers.length > 0) return instance;
  const isMeant = isGiven(node, laterVrrpInstanceRows.unicast_fault_no_peer);
  const given = (isMeant ? [rows.unicast_ttl] : unicastKeywords).find(
    (row) => nodeOf(node, row) !== undefined,
  );
  if (given === undefined) return isMeant ? { ...instance, unicastTtl: 255 } : instance;
  if (context.reporter.blame(node.subject, 'unicastPeers', 'harmless'))
    return { ...instance, unicastTtl: 255 };
  reportKeyword(context, node, given, {
    code: 'unicast-without-peer',
    message: 'unicast is configured, but no unicast_peer',
    used: 'adverts go to the multicast group',
    remedy: 'add unicast_peer { ADDRESS } with the other router, or remove the line',
  });
  return { ...instance, unicastTtl: 255, checkUnicastSource: false };
};

export const transportRules: readonly InstanceRule[] = [
  groupOfTheFamily,
  noGroupWithPeers,
  unicastNeedsPeers,
];
