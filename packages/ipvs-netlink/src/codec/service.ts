import { addressFromBytes, type Family, fail, ok, type Result } from '@holdfast/kit';
import { familyOfService } from '../table/identity.ts';
import type { Granularity, Persistence, Protocol, Service, ServiceKey } from '../table/types.ts';
import { familyNumber, readFamily, readInetAddress } from './address.ts';
import { type AttributeWriter, attributeWriter } from './attribute-writer.ts';
import { type Attributes, readAttributes, readText, readU16, readU16Network, readU32 } from './attributes.ts';
import { serviceFlag as flag, serviceAttribute as number, top } from './constants.ts';

/** What of a message cannot be described in our types, as a phrase: "protocol 1". */
export type Undescribed = string;

const protocolNumber: Readonly<Record<Protocol, number>> = { tcp: 6, udp: 17, sctp: 132 };
const protocols = new Map<number, Protocol>([
  [6, 'tcp'],
  [17, 'udp'],
  [132, 'sctp'],
]);

/**
 * The SERVICE nest with a key alone: enough for everything but making and changing a service.
 *
 *     AF u16 host, then PROTOCOL u16 host, ADDR 16 bytes, PORT u16 network; or FWMARK u32 host
 */
export function encodeServiceKey(key: ServiceKey): Uint8Array {
  const before = encodedKeys.get(key);
  if (before !== undefined) return before;
  const encoded = keys.encode(writeServiceKey, key);
  encodedKeys.set(key, encoded);
  return encoded;
}

/** Each request about a server begins with its service. */
const encodedKeys = new WeakMap<ServiceKey, Uint8Array>();
/** Keys are kept: their memory holds nothing else. */
const keys = attributeWriter(4096);

function writeServiceKey(writer: AttributeWriter, key: ServiceKey): void {
  const nest = writer.open(top.service);
  writeKeyAttributes(writer, key);
  writer.close(nest);
}

/**
 * The SERVICE nest of NEW_SERVICE and SET_SERVICE, which set the whole entry.
 *
 *     key, SCHED_NAME string, [PE_NAME string], FLAGS u32 bits + u32 mask, TIMEOUT u32 seconds, NETMASK 4 bytes
 */
export function writeService(writer: AttributeWriter, service: Service): void {
  const nest = writer.open(top.service);
  writeServiceAttributes(writer, service, flagBits(service));
  writer.close(nest);
}

/** What stands in the nest, with other flags than the service has by itself: for replies, as the kernel makes them. */
export function writeServiceAttributes(writer: AttributeWriter, service: Service, bits: number): void {
  const { key, scheduler, persistence, persistenceEngine } = service;
  writeKeyAttributes(writer, key);
  writer.text(number.scheduler, scheduler);
  if (persistenceEngine !== undefined) writer.text(number.persistenceEngine, persistenceEngine);
  // All bits are written: a mask of ones.
  writer.u32Pair(number.flags, bits, 0xff_ff_ff_ff);
  writer.u32(number.timeout, persistence?.timeout ?? 0);
  writeNetmask(writer, persistence?.granularity ?? unused[familyOfService(key)]);
}

/** @param bytes the value of a SERVICE nest, of a reply or of a full request */
export function decodeService(bytes: Uint8Array): Result<Service, Undescribed> {
  const attributes = readAttributes(bytes);
  const key = keyOf(attributes);
  if (!key.ok) return key;
  const scheduler = readText(attributes.get(number.scheduler));
  const bits = readU32(attributes.get(number.flags));
  if (scheduler === undefined || bits === undefined) return fail('a service cut short');
  const persistence =
    (bits & flag.persistent) === 0 ? ok(undefined) : decodePersistence(key.value, attributes);
  if (!persistence.ok) return persistence;
  const has = (bit: number): boolean => (bits & bit) !== 0;
  return ok({
    key: key.value,
    scheduler,
    schedulerFlags: { flag1: has(flag.scheduler1), flag2: has(flag.scheduler2), flag3: has(flag.scheduler3) },
    onePacket: has(flag.onePacket),
    persistence: persistence.value,
    persistenceEngine: readText(attributes.get(number.persistenceEngine)),
  });
}

/** @param bytes the value of a SERVICE nest */
export const decodeServiceKey = (bytes: Uint8Array): Result<ServiceKey, Undescribed> =>
  keyOf(readAttributes(bytes));

function keyOf(attributes: Attributes): Result<ServiceKey, Undescribed> {
  const of = readFamily(readU16(attributes.get(number.family)));
  if (of === undefined) return fail('a service of another family');
  const mark = readU32(attributes.get(number.fwmark)) ?? 0;
  if (mark !== 0) return ok({ kind: 'fwmark', family: of, mark });
  const protocol = readU16(attributes.get(number.protocol));
  const address = readInetAddress(attributes.get(number.address), of);
  const port = readU16Network(attributes.get(number.port));
  if (protocol === undefined || address === undefined || port === undefined) {
    return fail('a service without a key');
  }
  const name = protocols.get(protocol);
  return name === undefined
    ? fail(`protocol ${protocol}`)
    : ok({ kind: 'address', protocol: name, address, port });
}

/** FLAGS without a mask, as the kernel keeps them (`hashed` aside). */
export function flagBits({ persistence, onePacket, schedulerFlags }: Service): number {
  const { flag1, flag2, flag3 } = schedulerFlags;
  return (
    (persistence === undefined ? 0 : flag.persistent) |
    (onePacket ? flag.onePacket : 0) |
    (flag1 ? flag.scheduler1 : 0) |
    (flag2 ? flag.scheduler2 : 0) |
    (flag3 ? flag.scheduler3 : 0)
  );
}

function writeKeyAttributes(writer: AttributeWriter, key: ServiceKey): void {
  writer.u16(number.family, familyNumber[familyOfService(key)]);
  if (key.kind === 'fwmark') {
    writer.u32(number.fwmark, key.mark);
    return;
  }
  writer.u16(number.protocol, protocolNumber[key.protocol]);
  writer.inetAddress(number.address, key.address);
  writer.u16Network(number.port, key.port);
}

/** By family. */
const unused: Readonly<Record<Family, Granularity>> = {
  4: { family: 4, mask: addressFromBytes(Uint8Array.of(255, 255, 255, 255)) },
  6: { family: 6, prefixLength: 128 },
};

/** An IPv4 mask goes in network order, an IPv6 prefix length as a number in host order. */
function writeNetmask(writer: AttributeWriter, granularity: Granularity): void {
  if (granularity.family === 4) writer.address(number.netmask, granularity.mask);
  else writer.u32(number.netmask, granularity.prefixLength);
}

function decodePersistence(key: ServiceKey, attributes: Attributes): Result<Persistence, Undescribed> {
  const timeout = readU32(attributes.get(number.timeout));
  const mask = attributes.get(number.netmask);
  const prefixLength = readU32(mask);
  if (timeout === undefined || mask === undefined || prefixLength === undefined) {
    return fail('a persistent service without timeout or netmask');
  }
  const granularity: Granularity =
    familyOfService(key) === 4
      ? { family: 4, mask: addressFromBytes(mask.subarray(0, 4)) }
      : { family: 6, prefixLength };
  return ok({ timeout, granularity });
}
