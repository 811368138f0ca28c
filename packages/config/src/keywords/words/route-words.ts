import { ipAddress } from '../../arguments/address.ts';
import { namedNumber } from '../../arguments/named-number.ts';
import { network, typedNetwork } from '../../arguments/network.ts';
import { wholeNumber } from '../../arguments/number.ts';
import { gateway, lockable, metricTime, realms, strayLock } from '../../arguments/route-options.ts';
import { choice, nothing, word } from '../../arguments/simple.ts';
import { later } from '../row.ts';
import { encapsulation, encapsulationWords } from './encapsulation-words.ts';
import { nexthop, nexthopWords } from './nexthop-words.ts';
import { asAddress, preference, routeTypes } from './route-arguments.ts';
import { protocols, scopes, tables, typesOfService } from './well-known-names.ts';

const unsigned = 2 ** 32 - 1;
const count = wholeNumber(0, unsigned);
const metric = wholeNumber(0, unsigned, { strict: true });

/** Where packets go, and by which way. */
const pathWords = {
  inet: later(nothing, 'The route is one of IPv4.', { default: 'derived' }),
  inet6: later(nothing, 'The route is one of IPv6.', { default: 'derived' }),
  to: later(typedNetwork(routeTypes), 'The destination; the word itself may be left out.'),
  '<type>': later(typedNetwork(routeTypes), 'The kind of route, before its destination.', {
    default: 'unicast',
  }),
  default: later(nothing, 'Every destination.'),
  any: later(nothing, 'Every destination.'),
  all: later(nothing, 'Every destination.'),
  default6: later(nothing, 'Every destination of IPv6.', {
    deprecated: 'write inet6 default',
    tolerated: true,
  }),
  src: later(ipAddress(), 'The source address of packets that this machine sends by the route.'),
  as: later(asAddress, 'A word of MPLS that has no meaning here.'),
  via: later(gateway, 'The next router.'),
  gw: later(ipAddress(), 'The next router, in an old spelling.', { deprecated: 'write via' }),
  or: later(ipAddress(), 'Another next router, in an old spelling.', { deprecated: 'write nexthop' }),
  from: later(network(), 'The network of the sources that the route is for, with IPv6.'),
  dev: later(word({ syntax: 'INTERFACE', longest: 15 }), 'The interface that the packets leave by.'),
  oif: later(word({ syntax: 'INTERFACE', longest: 15 }), 'The interface that the packets leave by.'),
  onlink: later(nothing, 'The next router is on the link although no network of the interface says so.'),
  encap: later(encapsulation, 'How packets are wrapped on the way.', { words: encapsulationWords }),
  nexthop: later(nexthop, 'One of several ways; it stands last, and may be there again and again.', {
    repeat: 'accumulates',
    words: nexthopWords,
  }),
  vrf: later(word({ syntax: 'INTERFACE', longest: 15 }), 'The VRF device whose table the route is in.'),
} as const;

/** How the route is kept by the kernel. */
const placeWords = {
  tos: later(namedNumber('TOS', 255, typesOfService), 'The type of service that the route is for.', {
    default: '0',
  }),
  dsfield: later(namedNumber('TOS', 255, typesOfService), 'As tos.', { default: '0' }),
  table: later(namedNumber('TABLE', unsigned, tables), 'The routing table.', { default: 'main' }),
  protocol: later(namedNumber('PROTOCOL', 255, protocols), 'Who has made the route.', {
    default: 'keepalived (18)',
  }),
  scope: later(namedNumber('SCOPE', 255, scopes), 'How far the destination is away.', { default: 'global' }),
  metric: later(metric, 'Of two routes the one with the lower metric counts.'),
  priority: later(metric, 'As metric.'),
  preference: later(metric, 'As metric.'),
  expires: later(wholeNumber(0, unsigned, { syntax: 'SECONDS' }), 'How long the route lives, with IPv6.'),
  pref: later(preference, 'Which of several default routers of IPv6 is preferred.'),
  add: later(nothing, 'Added without replacing anything.', { default: 'off' }),
  prepend: later(nothing, 'Put before the routes to the same destination.', { default: 'default' }),
  append: later(nothing, 'Put behind the routes to the same destination.', { default: 'off' }),
  no_track: later(nothing, 'Nobody minds when somebody deletes it.', { default: 'off' }),
} as const;

/** Metrics of connections by the route. */
const metricWords = {
  mtu: later(lockable(count), 'The largest packet.'),
  hoplimit: later(wholeNumber(0, 255), 'The hop limit of packets.'),
  advmss: later(lockable(count), 'The largest segment that is advertised.'),
  rtt: later(lockable(metricTime(125)), 'The first guess of the round trip time; without a unit in 1/8 ms.'),
  rttvar: later(lockable(metricTime(250)), 'The first guess of its variance; without a unit in 1/4 ms.'),
  reordering: later(lockable(count), 'How much reordering is expected.'),
  window: later(count, 'The largest window that is advertised.'),
  cwnd: later(lockable(count), 'A bound of the congestion window.'),
  ssthresh: later(lockable(count), 'The first guess of the slow start threshold.'),
  realms: later(realms, 'The realms of the route, for IPv4.'),
  rto_min: later(lockable(metricTime(1000)), 'The least retransmission time; without a unit in ms.'),
  initcwnd: later(count, 'The congestion window at the start.'),
  initrwnd: later(count, 'The receive window at the start.'),
  features: later(choice(['ecn']), 'Features of connections by the route.'),
  quickack: later(wholeNumber(0, 1), 'Acknowledges at once.'),
  congctl: later(lockable(word({ syntax: 'NAME' })), 'The algorithm of congestion control.'),
  'ttl-propagate': later(choice(['enabled', 'disabled']), 'Whether MPLS takes over the time to live.'),
  fastopen_no_cookie: later(wholeNumber(0, 1), 'TCP fast open without a cookie.'),
  lock: later(strayLock, 'Stands behind a metric that is not to change.', { default: 'off' }),
} as const;

/** Options of a line of `virtual_routes`. */
export const routeWords = { ...pathWords, ...placeWords, ...metricWords } as const;

/** Options of a line of `static_routes`. */
export const staticRouteWords = {
  ...routeWords,
  track_group: later(word({ syntax: 'GROUP' }), 'The track_group whose instances watch the interface.', {
    repeat: 'first-wins',
  }),
} as const;
