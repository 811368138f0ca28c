import { addressBytes, addressFromBytes, concatBytes, familyOf, type IpAddress } from '@holdfast/kit';
import { AF } from '@holdfast/native';
import { attribute, readAttributes, readU8, readU32, text, u8, u32 } from '../codec/attributes.ts';
import { isLittleEndian, viewOf } from '../codec/message.ts';
import type { AddressRequest, LinkAddress } from '../types.ts';
import { addressAttribute, addressFlag } from './constants.ts';

/*
 * struct ifaddrmsg, rtnetlink(7), in the machine's byte order:
 *
 * +---------------+---------------+---------------+---------------+
 * |    family     | prefix length | flags (low 8) |     scope     |
 * +---------------+---------------+---------------+---------------+
 * |                        interface index                        |
 * +---------------------------------------------------------------+
 */
const headerLength = 8;

/** A lifetime that never ends. */
const forEver = 0xffff_ffff;

/** The payload of RTM_NEWADDR. IPv6 goes without duplicate address detection, which would delay its use by seconds. */
export function encodeAddress(request: AddressRequest): Uint8Array {
  const { label, broadcast, protocol } = request;
  const six = familyOf(request.address) === 6;
  const flags =
    (six ? addressFlag.noDad : 0) | (request.noPrefixRoute === true ? addressFlag.noPrefixRoute : 0);
  return concatBytes(
    header(request),
    identity(request),
    ...(broadcast === undefined ? [] : [attribute(addressAttribute.broadcast, addressBytes(broadcast))]),
    ...(label === undefined ? [] : [text(addressAttribute.label, label)]),
    ...(flags === 0 ? [] : [u32(addressAttribute.flags, flags)]),
    ...lifetimesOf(request),
    ...(protocol === undefined ? [] : [u8(addressAttribute.protocol, protocol)]),
  );
}

/** The payload of RTM_DELADDR: what identifies the address, and nothing that the kernel would ignore. */
export const encodeAddressKey = (request: AddressRequest): Uint8Array =>
  concatBytes(header(request), identity(request));

/** The payload that asks for all addresses of both families. */
export const allAddresses = (): Uint8Array => new Uint8Array(headerLength);

function header({ index, address, prefixLength, scope = 0, peer }: AddressRequest): Uint8Array {
  const bytes = new Uint8Array(headerLength);
  bytes[0] = familyOf(address) === 4 ? AF.INET : AF.INET6;
  bytes[1] = peer?.prefixLength ?? prefixLength;
  bytes[3] = scope;
  viewOf(bytes).setUint32(4, index, isLittleEndian);
  return bytes;
}

/** With LOCAL alone the kernel deletes an IPv4 address whatever its prefix length; with ADDRESS it compares. */
function identity({ address, peer }: AddressRequest): Uint8Array {
  const local = attribute(addressAttribute.local, addressBytes(address));
  if (peer === undefined && familyOf(address) === 6) return local;
  return concatBytes(local, attribute(addressAttribute.address, addressBytes(peer?.address ?? address)));
}

function lifetimesOf({ deprecated = false, lifetime }: AddressRequest): readonly Uint8Array[] {
  if (!deprecated && lifetime === undefined) return [];
  const valid = typeof lifetime === 'number' ? lifetime : forEver;
  return [lifetimes(deprecated ? 0 : valid, valid)];
}

/** struct ifa_cacheinfo: preferred and valid lifetime in seconds, and two times that are the kernel's. */
function lifetimes(preferred: number, valid: number): Uint8Array {
  const bytes = new Uint8Array(16);
  viewOf(bytes).setUint32(0, preferred, isLittleEndian);
  viewOf(bytes).setUint32(4, valid, isLittleEndian);
  return attribute(addressAttribute.lifetimes, bytes);
}

/**
 * @param payload of RTM_NEWADDR or RTM_DELADDR
 * @returns `undefined` when it is cut short, or of another family than IPv4 and IPv6
 */
export function decodeAddress(payload: Uint8Array): LinkAddress | undefined {
  if (payload.length < headerLength) return undefined;
  const family = payload[0];
  if (family !== AF.INET && family !== AF.INET6) return undefined;
  const attributes = readAttributes(payload.subarray(headerLength));
  // LOCAL is the interface's own address; where there is a peer, ADDRESS is the peer's.
  const address = readAddress(
    attributes.get(addressAttribute.local) ?? attributes.get(addressAttribute.address),
    family === AF.INET ? 4 : 16,
  );
  if (address === undefined) return undefined;
  const flags = readU32(attributes.get(addressAttribute.flags)) ?? payload[2] ?? 0;
  return {
    index: viewOf(payload).getUint32(4, isLittleEndian),
    address,
    prefixLength: payload[1] ?? 0,
    scope: payload[3] ?? 0,
    secondary: family === AF.INET && (flags & addressFlag.secondary) !== 0,
    tentative: isUnusable(flags),
    protocol: readU8(attributes.get(addressAttribute.protocol)) ?? 0,
    ...(isLimited(attributes.get(addressAttribute.lifetimes)) ? { expires: true } : {}),
  };
}

function isLimited(bytes: Uint8Array | undefined): boolean {
  const valid = readU32(bytes?.subarray(4));
  return valid !== undefined && valid !== forEver;
}

/** An optimistic address may be used while its detection runs. */
const isUnusable = (flags: number): boolean =>
  (flags & addressFlag.dadFailed) !== 0 ||
  ((flags & addressFlag.tentative) !== 0 && (flags & addressFlag.optimistic) === 0);

const readAddress = (bytes: Uint8Array | undefined, length: number): IpAddress | undefined =>
  bytes?.length === length ? addressFromBytes(bytes) : undefined;
