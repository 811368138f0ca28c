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
  const makeRoomFor = (length: number): void => {
    if (length <= bytes.length) return;
    bytes = new Uint8Array(length);
    view = viewOf(bytes);
  };
  return (kind, first, requests) => {
    makeRoomFor(requests.reduce((sum, request) => sum + sizeInSend(request), 0));
    let at = 0;
    for (let place = 0; place < requests.length; place++) {
      const request = requests[place];
      if (request === undefined) break;
      const { type, flags = 0, header, payload } = request;
      const wanted = flags | flag.request | answerFlag(kind, request, place === requests.length - 1);
      const length = lengthOf(request);
      putHeader(view, at, { length, type, flags: wanted, sequence: first + place });
      if (header !== undefined) bytes.set(header, at + length - payload.length - header.length);
      bytes.set(payload, at + length - payload.length);
      at += padded(length);
      if (length !== padded(length)) bytes.fill(0, at - padded(length) + length, at);
    }
    return bytes.subarray(0, at);
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
