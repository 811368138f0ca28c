import type {
  Authentication,
  GarpSettings,
  NotifyScripts,
  TrackEntry,
  UnicastPeer,
  VirtualAddress,
  VrrpInstance,
  VrrpScript,
} from '../types.ts';
import { by } from './by-keyword.ts';
import { address, commandSchema, micros } from './common.ts';
import {
  about,
  anyOf,
  constant,
  flag,
  list,
  object,
  optional,
  type SchemaOf,
  shared,
  text,
  wholeNumber,
  words,
} from './schema.ts';

const ofScript = <T>(keyword: string, schema: SchemaOf<T>): SchemaOf<T> =>
  by(`vrrp_script.${keyword}`, schema);

/** `vrrp_script`. */
export const vrrpScriptSchema = (): SchemaOf<VrrpScript> =>
  object<VrrpScript>({
    name: about('What track_script names it by.', text),
    command: ofScript('script', commandSchema),
    interval: ofScript('interval', micros),
    timeout: ofScript('timeout', micros),
    weight: ofScript('weight', wholeNumber),
    weightReverse: about('Whether the weight counts the other way round.', flag),
    rise: ofScript('rise', wholeNumber),
    fall: ofScript('fall', wholeNumber),
    initFail: ofScript('init_fail', flag),
  });

const of = <T>(keywords: string, schema: SchemaOf<T>, absent?: number): SchemaOf<T> =>
  by(keywords.replace(/\S+/g, 'vrrp_instance.$&'), schema, absent);

const virtualAddress = shared<VirtualAddress>(
  'virtualAddress',
  object<VirtualAddress>({
    address: address.schema,
    prefixLength: { json: { type: 'integer', minimum: 0, maximum: 128 } },
    interface: about('The interface that holds it.', text),
    scope: about('Of rtnetlink: 0 global, 253 link, 254 host.', wholeNumber),
    label: optional(text),
    broadcast: optional(address.schema),
    peer: optional(
      object<NonNullable<VirtualAddress['peer']>>({ address: address.schema, prefixLength: wholeNumber }),
    ),
    noPrefixRoute: flag,
    noTrack: about('Nobody minds when somebody deletes it.', flag),
  }),
);

const trackEntry = shared<TrackEntry>(
  'trackEntry',
  object<TrackEntry>({
    name: text,
    weight: about(
      '0: FAULT while bad; else added while good (positive) or taken while bad (negative).',
      wholeNumber,
    ),
    reverse: flag,
  }),
);

export const virtualRouterDefinitions = [virtualAddress, trackEntry];

const authentication: SchemaOf<Authentication> = anyOf<
  [Extract<Authentication, { type: 'none' }>, Extract<Authentication, { type: 'pass' }>]
>(
  object<Extract<Authentication, { type: 'none' }>>({ type: constant('none') }),
  object<Extract<Authentication, { type: 'pass' }>>({
    type: constant('pass'),
    password: { json: { type: 'string', maxLength: 8, description: 'Empty where it is not told.' } },
  }),
);

const garp = (): SchemaOf<GarpSettings> =>
  object<GarpSettings>({
    masterDelay: of('garp_master_delay', micros),
    masterRepeat: of('garp_master_repeat', wholeNumber),
    masterRefresh: of('garp_master_refresh', micros),
    masterRefreshRepeat: of('garp_master_refresh_repeat', wholeNumber),
    lowerPriorityDelay: of('garp_lower_prio_delay', micros),
    lowerPriorityRepeat: of('garp_lower_prio_repeat', wholeNumber),
  });

const notify = (): SchemaOf<NotifyScripts> => {
  const program = optional(commandSchema);
  return object<NotifyScripts>({
    master: of('notify_master', program),
    backup: of('notify_backup', program),
    fault: of('notify_fault', program),
    stop: of('notify_stop', program),
    deleted: of('notify_deleted', program),
    masterRxLowerPriority: of('notify_master_rx_lower_pri', program),
    any: of('notify', program),
    reportDeleted: of('notify_deleted', flag),
  });
};

/** `vrrp_instance`. */
export const vrrpInstanceSchema = (): SchemaOf<VrrpInstance> =>
  object<VrrpInstance>({
    name: about('Behind the keyword.', text),
    interface: of('interface', text),
    family: about('That of its addresses: 4 or 6.', { json: { enum: [4, 6] } }),
    version: of('version', anyOf<[2, 3]>(constant(2), constant(3))),
    virtualRouterId: of('virtual_router_id', wholeNumber),
    initialState: of('state', words<VrrpInstance['initialState']>({ MASTER: true, BACKUP: true })),
    priority: of('priority', wholeNumber),
    advertInterval: of('advert_int', micros),
    authentication: of('authentication', authentication),
    nopreempt: of('nopreempt', flag),
    preemptDelay: of('preempt_delay', micros),
    downTimerAdverts: of('down_timer_adverts', wholeNumber),
    sourceAddress: of('unicast_src_ip mcast_src_ip', optional(address.schema)),
    multicastDestination: of('mcast_dst_ip', address.schema),
    unicastPeers: of('unicast_peer', list(unicastPeer)),
    unicastTtl: of('unicast_ttl', wholeNumber),
    checkUnicastSource: of('check_unicast_src', flag),
    virtualAddresses: of('virtual_ipaddress', list(virtualAddress.schema)),
    excludedAddresses: of('virtual_ipaddress_excluded', list(virtualAddress.schema)),
    trackScripts: of('track_script', list(trackEntry.schema)),
    trackInterfaces: of('track_interface', list(trackEntry.schema)),
    dontTrackPrimary: of('dont_track_primary', flag),
    garp: about('Gratuitous ARP and unsolicited neighbour advertisements.', garp()),
    lowerPriorityNoAdvert: of('lower_prio_no_advert', flag),
    higherPrioritySendAdvert: of('higher_prio_send_advert', flag),
    ownerIgnoreAdverts: of('owner_ignore_adverts', flag),
    skipCheckAdvertAddresses: of('skip_check_adv_addr', flag),
    strict: of('strict_mode', flag),
    checksumWithoutPseudoHeader: of('v3_checksum_as_v2', flag),
    promoteSecondaries: of('promote_secondaries', flag),
    notify: about('The programs that are called.', notify()),
    notifyPriorityChanges: of('notify_priority_changes', flag),
  });

const unicastPeer = object<UnicastPeer>({
  address: address.schema,
  minTtl: optional(wholeNumber),
  maxTtl: optional(wholeNumber),
});
