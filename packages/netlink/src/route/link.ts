import { readAttributes, readText, readU32, u32 } from '../codec/attributes.ts';
import { isLittleEndian, viewOf } from '../codec/message.ts';
import type { Link } from '../types.ts';
import { linkAttribute, linkFlag, skipStatistics } from './constants.ts';

/*
 * struct ifinfomsg, rtnetlink(7), in the machine's byte order:
 *
 * +---------------+---------------+-------------------------------+
 * |    family     |       0       |    device type (ARPHRD_)      |
 * +---------------+---------------+-------------------------------+
 * |                        interface index                        |
 * +---------------------------------------------------------------+
 * |                         flags (IFF_)                          |
 * +---------------------------------------------------------------+
 * |                          change mask                          |
 * +---------------------------------------------------------------+
 */
const headerLength = 16;

/** The payload that asks for all links. */
export function allLinks(): Uint8Array {
  const mask = u32(linkAttribute.extMask, skipStatistics);
  const payload = new Uint8Array(headerLength + mask.length);
  payload.set(mask, headerLength);
  return payload;
}

/**
 * @param payload of RTM_NEWLINK or RTM_DELLINK
 * @returns `undefined` when it is cut short, nameless, or a bridge's word about one of its ports (family AF_BRIDGE)
 */
export function decodeLink(payload: Uint8Array): Link | undefined {
  if (payload.length < headerLength || payload[0] !== 0) return undefined;
  const view = viewOf(payload);
  const flags = view.getUint32(8, isLittleEndian);
  const attributes = readAttributes(payload.subarray(headerLength));
  const name = readText(attributes.get(linkAttribute.name));
  if (name === undefined) return undefined;
  const has = (bit: number): boolean => (flags & bit) !== 0;
  return {
    index: view.getInt32(4, isLittleEndian),
    name,
    adminUp: has(linkFlag.up),
    running: has(linkFlag.running),
    loopback: has(linkFlag.loopback),
    multicast: has(linkFlag.multicast),
    noArp: has(linkFlag.noArp),
    mtu: readU32(attributes.get(linkAttribute.mtu)) ?? 0,
    mac: attributes.get(linkAttribute.address)?.slice() ?? new Uint8Array(0),
  };
}
