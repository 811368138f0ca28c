import { readAttributes, readText } from './attributes.ts';
import { control, flag, isLittleEndian, type NetlinkMessage, padded, viewOf } from './message.ts';

/** The end of an answer: what an NLMSG_ERROR, or the NLMSG_DONE of a dump, says. */
export interface Acknowledgement {
  /** 0 for success, else positive. */
  readonly errno: number;
  /** The kernel's own words (NETLINK_EXT_ACK), or ''. */
  readonly text: string;
}

/** NLMSGERR_ATTR_MSG: linux/netlink.h. */
const messageAttribute = 1;

/**
 * NLMSG_ERROR: s32 -errno, the request's header, its payload unless capped, then attributes. NLMSG_DONE: s32 -errno,
 * then attributes.
 * @returns `undefined` for any other message
 */
export function decodeAcknowledgement({ type, flags, payload }: NetlinkMessage): Acknowledgement | undefined {
  if (type !== control.error && type !== control.done) return undefined;
  // An empty NLMSG_DONE is a plain end.
  const errno = payload.length < 4 ? 0 : Math.abs(viewOf(payload).getInt32(0, isLittleEndian));
  if ((flags & flag.ackAttributes) === 0) return { errno, text: '' };
  const at = type === control.done ? 4 : 4 + echoedLength(flags, payload);
  return { errno, text: readText(readAttributes(payload.subarray(at)).get(messageAttribute)) ?? '' };
}

/** A success echoes the header only, as does a capped answer. */
function echoedLength(flags: number, payload: Uint8Array): number {
  if (payload.length < 20) return 0;
  const view = viewOf(payload);
  const whole = (flags & flag.capped) === 0 && view.getInt32(0, isLittleEndian) !== 0;
  return whole ? padded(view.getUint32(4, isLittleEndian)) : 16;
}
