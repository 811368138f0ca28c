import type { Statistics } from '../table/reports.ts';
import { readAttributes, readU32, readU64 } from './attributes.ts';

/** IPVS_STATS_ATTR_*, in the order of their numbers from 1 on. */
export const statisticNames = [
  'connections',
  'incomingPackets',
  'outgoingPackets',
  'incomingBytes',
  'outgoingBytes',
  'connectionRate',
  'incomingPacketRate',
  'outgoingPacketRate',
  'incomingByteRate',
  'outgoingByteRate',
] as const;

/**
 * Counters of a service or a server.
 *
 * @param stats64 the value of the STATS64 nest, all u64: preferred
 * @param stats the value of the STATS nest of older kernels: u32, which wrap, but for the bytes
 */
export function decodeStatistics(stats64: Uint8Array | undefined, stats: Uint8Array | undefined): Statistics {
  const attributes = readAttributes(stats64 ?? stats ?? new Uint8Array());
  const read = (name: keyof Statistics): bigint => {
    const value = attributes.get(statisticNames.indexOf(name) + 1);
    return readU64(value) ?? BigInt(readU32(value) ?? 0);
  };
  return {
    connections: read('connections'),
    incomingPackets: read('incomingPackets'),
    outgoingPackets: read('outgoingPackets'),
    incomingBytes: read('incomingBytes'),
    outgoingBytes: read('outgoingBytes'),
    connectionRate: read('connectionRate'),
    incomingPacketRate: read('incomingPacketRate'),
    outgoingPacketRate: read('outgoingPacketRate'),
    incomingByteRate: read('incomingByteRate'),
    outgoingByteRate: read('outgoingByteRate'),
  };
}
