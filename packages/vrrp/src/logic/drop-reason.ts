/** Why a packet is not believed. Each name is also that of its counter. */
export const dropReasons = [
  /** Less arrived than a header, or than the message has at least. */
  'truncated',
  /** Not IPv4, or a header length that cannot be. */
  'bad-ip-header',
  'fragment',
  /** The IP length, or the number of addresses, does not fit what arrived. */
  'length-mismatch',
  'bad-protocol',
  /** RFC 2338's authentication type 2, which is not spoken here. */
  'authentication-header',
  /** Another group, or multicast where unicast is configured, or the other way round. */
  'bad-destination',
  /** Our own source address: the packet came back, or another router uses our address. */
  'own-packet',
  /** `check_unicast_src`: the sender is no `unicast_peer`. */
  'unknown-peer',
  /** Not 255 with multicast, or outside the peer's `min_ttl` to `max_ttl`. */
  'bad-ttl',
  'bad-version',
  'bad-type',
  'bad-checksum',
  'unknown-vrid',
  /** `owner_ignore_adverts` */
  'owner-ignores-adverts',
  'auth-type-unknown',
  'auth-type-mismatch',
  'auth-failed',
  /** Version 3 without an address (RFC 9568 §5.2.5). */
  'no-address',
  /** Version 3 with interval 0 (RFC 9568 §5.2.7). */
  'bad-advert-int',
  /** Version 2 with another interval than ours. */
  'advert-int-mismatch',
  /** `vrrp_strict`, version 2: the sender advertises other addresses. */
  'address-list-differs',
] as const;

export type DropReason = (typeof dropReasons)[number];
