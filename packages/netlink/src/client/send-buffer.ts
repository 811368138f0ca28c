import { flag, messageLength, padded, putHeader, viewOf } from '../codec/message.ts';
import { sendLimits } from './batches.ts';
import type { Kind } from './pending.ts';
import type { NetlinkRequest } from './types.ts';

/** Lays requests one behind the other, numbered from `first`. @returns a view, valid until the next call */
export type SendBuffer = (kind: Kind, first: number, requests: readonly NetlinkRequest[]) => Uint8Array;

/** Memory that every send uses again. */
export function sendBuffer(): SendBuffer {
  let bytes = new Uint8Array(sendLimits.bytes);
  let view = viewOf(bytes);
  const makeRoom = (length: number): void => {
    const before = bytes;
    bytes = new Uint8Array(length);
    view = viewOf(bytes);
    bytes.set(before);
  };
  /** @returns where the next one goes */
  const put = (
    at: number,
    sequence: number,
    flags: number,
    { type, header, payload }: NetlinkRequest,
  ): number => {
    const payloadAt = at + messageLength(header?.length ?? 0);
    const end = payloadAt + payload.length;
    const next = at + padded(end - at);
    if (next > bytes.length) makeRoom(next);
    putHeader(view, at, end - at, type, flags, sequence);
    if (header !== undefined) bytes.set(header, payloadAt - header.length);
    bytes.set(payload, payloadAt);
    if (next !== end) bytes.fill(0, end, next);
    return next;
  };
  return (kind, first, requests) => {
    const last = requests.length - 1;
    const length = requests.reduce((at, request, place) => {
      const flags = (request.flags ?? 0) | flag.request | answerFlag(kind, request, place === last);
      return put(at, first + place, flags, request);
    }, 0);
    return bytes.subarray(0, length);
  };
}

/** Bytes that a request takes in a send. */
export const sizeInSend = (request: NetlinkRequest): number => padded(lengthOf(request));

const lengthOf = ({ header, payload }: NetlinkRequest): number =>
  messageLength((header?.length ?? 0) + payload.length);

/** The last request of a send is acknowledged: what is before it and was not refused has been carried out then. */
function answerFlag(kind: Kind, { acknowledged }: NetlinkRequest, isLast: boolean): number {
  if (kind === 'dump') return flag.dump;
  return isLast || acknowledged === true ? flag.ack : 0;
}
