/** IPVS_CMD_* of linux/ip_vs.h. */
export const command = {
  newService: 1,
  setService: 2,
  deleteService: 3,
  getService: 4,
  newServer: 5,
  setServer: 6,
  deleteServer: 7,
  getServer: 8,
  newDaemon: 9,
  deleteDaemon: 10,
  getDaemon: 11,
  setConfig: 12,
  getConfig: 13,
  setInfo: 14,
  getInfo: 15,
  zero: 16,
  flush: 17,
} as const;

/** IPVS_CMD_ATTR_*: the top level of requests and replies. */
export const top = {
  service: 1,
  server: 2,
  daemon: 3,
  timeoutTcp: 4,
  timeoutTcpFin: 5,
  timeoutUdp: 6,
} as const;

/** IPVS_INFO_ATTR_*: the top level of the reply to GET_INFO. */
export const info = { version: 1, connectionTableSize: 2 } as const;

/** IPVS_SVC_ATTR_*. */
export const serviceAttribute = {
  family: 1,
  protocol: 2,
  address: 3,
  port: 4,
  fwmark: 5,
  scheduler: 6,
  flags: 7,
  timeout: 8,
  netmask: 9,
  stats: 10,
  persistenceEngine: 11,
  stats64: 12,
} as const;

/** IP_VS_SVC_F_*. `hashed` only says that the entry is in the table. */
export const serviceFlag = {
  persistent: 0x01,
  hashed: 0x02,
  onePacket: 0x04,
  scheduler1: 0x08,
  scheduler2: 0x10,
  scheduler3: 0x20,
} as const;

/** IPVS_DEST_ATTR_*. */
export const serverAttribute = {
  address: 1,
  port: 2,
  forwarding: 3,
  weight: 4,
  upperThreshold: 5,
  lowerThreshold: 6,
  activeConnections: 7,
  inactiveConnections: 8,
  persistentConnections: 9,
  stats: 10,
  family: 11,
  stats64: 12,
  tunnelType: 13,
  tunnelPort: 14,
  tunnelFlags: 15,
} as const;

/** IPVS_DAEMON_ATTR_*. */
export const daemonAttribute = {
  state: 1,
  interface: 2,
  syncId: 3,
  maximumLength: 4,
  group: 5,
  group6: 6,
  port: 7,
  ttl: 8,
} as const;

/** IP_VS_STATE_*. */
export const daemonState = { master: 1, backup: 2 } as const;

export const addressFamily = { inet: 2, inet6: 10 } as const;

/** ip_vs_core's name of its generic netlink family. */
export const familyName = 'IPVS';
