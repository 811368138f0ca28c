import type { VrrpInstance } from '@holdfast/config';
import {
  addressBytes,
  addressFromBytes,
  centiseconds,
  type IpAddress,
  type Micros,
  seconds,
  toSeconds,
} from '@holdfast/kit';
import { type Advert, AUTH_NONE, encodeAdvert, encodeIpv4, VRRP_PROTOCOL } from '@holdfast/wire';
import type { GarbageDefect } from '../story/types.ts';

/** An advert as a router with this configuration sends it: a whole IPv4 packet, drawn in packages/wire. */
export function advertPacket(
  config: VrrpInstance,
  source: IpAddress,
  destination: IpAddress,
  priority: number,
): Uint8Array {
  const pseudo = config.checksumWithoutPseudoHeader ? undefined : { source, destination };
  const header = {
    typeOfService: 0xc0,
    identification: 1,
    timeToLive: 255,
    protocol: VRRP_PROTOCOL,
    source,
    destination,
  };
  return encodeIpv4(header, encodeAdvert(advert(config, priority), pseudo));
}

function advert(config: VrrpInstance, priority: number): Advert {
  const common = {
    virtualRouterId: config.virtualRouterId,
    priority,
    addresses: config.virtualAddresses.map((a) => a.address),
  };
  return config.version === 2
    ? {
        ...common,
        version: 2,
        authType: AUTH_NONE,
        authData: new Uint8Array(8),
        advertSeconds: toSeconds(config.advertInterval),
      }
    : { ...common, version: 3, advertCentiseconds: config.advertInterval / centiseconds(1) };
}

/** Looks like an advert of priority 254 but for one defect: it must be worth nothing to whoever gets it. */
export function garbagePacket(
  config: VrrpInstance,
  source: IpAddress,
  destination: IpAddress,
  defect: GarbageDefect,
): Uint8Array {
  const packet = advertPacket(config, source, destination, 254);
  const messageAt = 20;
  switch (defect) {
    case 'time-to-live':
      packet[8] = 254;
      return packet;
    case 'checksum':
      packet[messageAt + 6] = (packet[messageAt + 6] ?? 0) ^ 0x5a;
      return packet;
    case 'version':
      packet[messageAt] = (config.version === 2 ? 0x30 : 0x20) | 1;
      return packet;
    case 'type':
      packet[messageAt] = (config.version << 4) | 3;
      return packet;
    case 'truncated':
      return packet.subarray(0, messageAt + 5);
    default:
      return packet;
  }
}

/** What is read off the wire to check the senders, on its own, without the code that is under test. */
export interface SentAdvert {
  readonly source: IpAddress;
  readonly priority: number;
  readonly advertInterval: Micros;
  readonly addresses: readonly IpAddress[];
}

/** 2 or 3 (or what a stranger writes), from a packet without IP options. */
export const versionOf = (packet: Uint8Array): number => (packet[20] ?? 0) >> 4;

/** @param packet a whole advert without IP options */
export function readSent(packet: Uint8Array): SentAdvert {
  const byte = (at: number): number => packet[20 + at] ?? 0;
  const source = addressFromBytes(packet.subarray(12, 16));
  const advertInterval =
    byte(0) >> 4 === 2 ? seconds(byte(5)) : centiseconds(((byte(4) & 0x0f) << 8) | byte(5));
  const addresses = Array.from({ length: byte(3) }, (_, i) =>
    addressFromBytes(packet.subarray(28 + 4 * i, 32 + 4 * i)),
  );
  return { source, priority: byte(2), advertInterval, addresses };
}

/** The four bytes an address is compared by. */
export const numberOf = (a: IpAddress): number => addressBytes(a).reduce((sum, each) => sum * 256 + each, 0);
