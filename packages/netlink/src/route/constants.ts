/** Numbers of linux/rtnetlink.h, if_link.h, if_addr.h and if.h. */

/** Message types. */
export const message = {
  newLink: 16,
  deleteLink: 17,
  getLink: 18,
  newAddress: 20,
  deleteAddress: 21,
  getAddress: 22,
} as const;

/** Multicast groups of NETLINK_ROUTE. */
export const group = { link: 1, ipv4Address: 5, ipv6Address: 9 } as const;

/** IFLA_*. */
export const linkAttribute = { address: 1, name: 3, mtu: 4, extMask: 29 } as const;

/** RTEXT_FILTER_SKIP_STATS: without statistics a link is a few hundred bytes. */
export const skipStatistics = 8;

/** IFF_*. */
export const linkFlag = {
  up: 0x1,
  loopback: 0x8,
  running: 0x40,
  noArp: 0x80,
  multicast: 0x1000,
} as const;

/** IFA_*. */
export const addressAttribute = {
  address: 1,
  local: 2,
  label: 3,
  broadcast: 4,
  lifetimes: 6,
  flags: 8,
  protocol: 11,
} as const;

/** IFA_F_*. The first bit is SECONDARY for IPv4 and TEMPORARY for IPv6. */
export const addressFlag = {
  secondary: 0x01,
  noDad: 0x02,
  optimistic: 0x04,
  dadFailed: 0x08,
  tentative: 0x40,
  noPrefixRoute: 0x200,
} as const;

/** RT_SCOPE_*. */
export const scope = { global: 0, site: 200, link: 253, host: 254 } as const;
