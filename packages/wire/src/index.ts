export * from './arp.ts';
export * from './arp-probe.ts';
export * from './checksum.ts';
export * from './ipv4.ts';
export * from './vrrp.ts';
export * from './vrrp-decode.ts';
export * from './vrrp-encode.ts';
