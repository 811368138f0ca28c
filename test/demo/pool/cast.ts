// Who takes part in the story of the pool, by name. The addresses are those of conf/demo/director.conf.

export type PoolName = 'NAT' | 'DR';

export interface PoolRole {
  readonly name: PoolName;
  readonly address: string;
  /** What the file says of it, for the picture. */
  readonly about: string;
}

export const pools: readonly PoolRole[] = [
  { name: 'NAT', address: '10.99.0.10', about: 'NAT, wrr, HTTP_GET' },
  { name: 'DR', address: '10.88.0.10', about: 'DR, rr, TCP_CHECK' },
];

export const poolPort = 80;

/** Real servers in the order in which they are shown; the last is the sorry server. */
export const serverNames = ['server1', 'server2', 'server3', 'server4', 'sorry'] as const;
export type ServerName = (typeof serverNames)[number];

const firstHost = 11;

export const serverAddress = (name: ServerName): string => `10.88.0.${firstHost + serverNames.indexOf(name)}`;

/** Who has this address; the address itself when it is nobody's. */
export const serverAt = (address: string): string =>
  serverNames.find((name) => serverAddress(name) === address) ?? address;

/** New connections a second to each of the two virtual servers. */
export const requestsPerSecond = 20;
