/** Numbers of the Linux ABI (x86-64 and arm64 agree on all of these), named as in its headers. */

/** Address families: sys/socket.h. */
export const AF = { UNSPEC: 0, UNIX: 1, INET: 2, INET6: 10, NETLINK: 16, PACKET: 17 } as const;

/** Socket types: sys/socket.h. */
export const SOCK = { STREAM: 1, DGRAM: 2, RAW: 3, SEQPACKET: 5 } as const;

/** IP protocols (IANA). */
export const IPPROTO = {
  IP: 0,
  ICMP: 1,
  IGMP: 2,
  TCP: 6,
  UDP: 17,
  IPV6: 41,
  AH: 51,
  ICMPV6: 58,
  VRRP: 112,
} as const;

/** Socket option levels: sys/socket.h, linux/netlink.h, linux/if_packet.h. */
export const SOL = { IP: 0, SOCKET: 1, IPV6: 41, ICMPV6: 58, PACKET: 263, NETLINK: 270 } as const;

/** Options of SOL.SOCKET: asm-generic/socket.h. */
export const SO = {
  REUSEADDR: 2,
  ERROR: 4,
  BROADCAST: 6,
  SNDBUF: 7,
  RCVBUF: 8,
  PRIORITY: 12,
  REUSEPORT: 15,
  RCVTIMEO: 20,
  BINDTODEVICE: 25,
  ATTACH_FILTER: 26,
  DETACH_FILTER: 27,
  SNDBUFFORCE: 32,
  RCVBUFFORCE: 33,
  MARK: 36,
  DOMAIN: 39,
} as const;

/** Options of SOL.IP: linux/in.h. */
export const IP = {
  TOS: 1,
  TTL: 2,
  HDRINCL: 3,
  PKTINFO: 8,
  MTU_DISCOVER: 10,
  RECVTTL: 12,
  FREEBIND: 15,
  MINTTL: 21,
  MULTICAST_IF: 32,
  MULTICAST_TTL: 33,
  MULTICAST_LOOP: 34,
  ADD_MEMBERSHIP: 35,
  DROP_MEMBERSHIP: 36,
  MULTICAST_ALL: 49,
} as const;

/** Options of SOL.IPV6: linux/in6.h. */
export const IPV6 = {
  CHECKSUM: 7,
  UNICAST_HOPS: 16,
  MULTICAST_IF: 17,
  MULTICAST_HOPS: 18,
  MULTICAST_LOOP: 19,
  ADD_MEMBERSHIP: 20,
  DROP_MEMBERSHIP: 21,
  V6ONLY: 26,
  MULTICAST_ALL: 29,
  RECVPKTINFO: 49,
  PKTINFO: 50,
  RECVHOPLIMIT: 51,
  HOPLIMIT: 52,
  TCLASS: 67,
  MINHOPCOUNT: 73,
} as const;

/** Options of SOL.NETLINK: linux/netlink.h. */
export const NETLINK_OPTION = {
  ADD_MEMBERSHIP: 1,
  DROP_MEMBERSHIP: 2,
  NO_ENOBUFS: 5,
  CAP_ACK: 10,
  EXT_ACK: 11,
  GET_STRICT_CHK: 12,
} as const;

/** Protocols of AF.NETLINK: linux/netlink.h. */
export const NETLINK = { ROUTE: 0, CONNECTOR: 11, GENERIC: 16 } as const;

/** Message flags: linux/socket.h. */
export const MSG = { CTRUNC: 0x08, TRUNC: 0x20 } as const;

/** Ethernet protocols, in host order: linux/if_ether.h. */
export const ETH_P = { ALL: 0x0003, IP: 0x0800, ARP: 0x0806, IPV6: 0x86dd } as const;

/** Resources of setrlimit: asm-generic/resource.h. */
export const RLIMIT = { CORE: 4, NOFILE: 7, MEMLOCK: 8, RTPRIO: 14, RTTIME: 15 } as const;

/** Stands for "no limit" in setResourceLimit. */
export const RLIM_INFINITY = -1;
