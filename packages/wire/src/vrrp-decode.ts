import {
  address,
  addressFromBytes,
  fail,
  familyOf,
  type IpAddress,
  isMulticast,
  ok,
  type Result,
} from '@holdfast/kit';
import { internetChecksum } from './checksum.ts';
import { pseudoHeader } from './pseudo-header.ts';
import { ADVERTISEMENT, type Advert, AUTH_DATA_BYTES, type ChecksumForm, type Endpoints } from './vrrp.ts';
import { uint16 } from './words.ts';

const FIXED_BYTES = 8;

/** The group that old unicast senders put into the pseudo header all the same. */
const VRRP_GROUP = address('224.0.0.18');

/** Each is also the name of the counter of packets dropped for it. */
export type AdvertDefect = 'truncated' | 'bad-version' | 'bad-type' | 'length-mismatch' | 'bad-checksum';

export interface DecodedAdvert {
  readonly advert: Advert;
  readonly checksum: ChecksumForm;
}

/**
 * Reads a VRRP message (drawn in vrrp-encode.ts; over IPv6, which has version 3 only, an address has 16 bytes), checking in the order of RFC 9568 §7.1: version, type,
 * complete, checksum. No field but the first byte and the count is believed before the checksum was found right.
 * The four reserved bits of version 3 are ignored (RFC 9568 §5.2.6).
 * @param message the IP packet's payload; the value's bytes are copies
 * @param version the version that is wanted
 */
export function decodeAdvert(
  message: Uint8Array,
  version: 2 | 3,
  endpoints: Endpoints,
): Result<DecodedAdvert, AdvertDefect> {
  const width = familyOf(endpoints.source) === 6 ? 16 : 4;
  const defect = shapeDefect(message, version, width);
  if (defect !== undefined) return fail(defect);
  const checksum = checksumForm(message, version, endpoints);
  if (checksum === undefined) return fail('bad-checksum');
  return ok({ checksum, advert: version === 2 ? readV2(message) : readV3(message, width) });
}

/** Bytes of an address. */
type Width = 4 | 16;

function shapeDefect(message: Uint8Array, version: 2 | 3, width: Width): AdvertDefect | undefined {
  const first = message[0];
  if (first === undefined) return 'truncated';
  if (first >> 4 !== version || (version === 2 && width === 16)) return 'bad-version';
  if ((first & 0x0f) !== ADVERTISEMENT) return 'bad-type';
  const authBytes = version === 2 ? AUTH_DATA_BYTES : 0;
  // Messages are whole 32-bit words: a part of one means that the rest got lost.
  if (message.length < FIXED_BYTES + authBytes || message.length % 4 !== 0) return 'truncated';
  return message.length === FIXED_BYTES + (message[3] ?? 0) * width + authBytes
    ? undefined
    : 'length-mismatch';
}

/** @returns what the checksum turns out to cover; `undefined` when it is wrong for every form the version knows */
function checksumForm(message: Uint8Array, version: 2 | 3, endpoints: Endpoints): ChecksumForm | undefined {
  const isRight = (...parts: readonly Uint8Array[]): boolean => internetChecksum(...parts) === 0;
  if (version === 2) return isRight(message) ? 'message-only' : undefined;
  if (isRight(pseudoHeader(endpoints, message.length), message)) return 'pseudo-header';
  // Over IPv6 nobody ever left the pseudo header out.
  if (familyOf(endpoints.source) === 6) return undefined;
  if (isRight(message)) return 'message-only';
  if (isMulticast(endpoints.destination)) return undefined;
  const ofGroup = { source: endpoints.source, destination: VRRP_GROUP };
  return isRight(pseudoHeader(ofGroup, message.length), message) ? 'pseudo-header-of-group' : undefined;
}

function readV2(message: Uint8Array): Advert {
  return {
    version: 2,
    virtualRouterId: message[1] ?? 0,
    priority: message[2] ?? 0,
    authType: message[4] ?? 0,
    authData: message.slice(-AUTH_DATA_BYTES),
    advertSeconds: message[5] ?? 0,
    addresses: addresses(message, 4),
  };
}

function readV3(message: Uint8Array, width: Width): Advert {
  return {
    version: 3,
    virtualRouterId: message[1] ?? 0,
    priority: message[2] ?? 0,
    advertCentiseconds: uint16(message, 4) & 0xfff,
    addresses: addresses(message, width),
  };
}

function addresses(message: Uint8Array, width: Width): readonly IpAddress[] {
  return Array.from({ length: message[3] ?? 0 }, (_, i) => {
    const at = FIXED_BYTES + i * width;
    return addressFromBytes(message.subarray(at, at + width));
  });
}
