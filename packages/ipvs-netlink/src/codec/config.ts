import { concatBytes, fail, ok, type Result } from '@holdfast/kit';
import type { Information, Timeouts } from '../table/reports.ts';
import { readAttributes, readU32, u32 } from './attributes.ts';
import { info, top } from './constants.ts';
import type { Undescribed } from './service.ts';

/** The attributes of SET_CONFIG: u32 seconds each; those that are not given stay as they are. */
export const encodeTimeouts = ({ tcp, tcpFin, udp }: Partial<Timeouts>): Uint8Array =>
  concatBytes(
    ...(tcp === undefined ? [] : [u32(top.timeoutTcp, tcp)]),
    ...(tcpFin === undefined ? [] : [u32(top.timeoutTcpFin, tcpFin)]),
    ...(udp === undefined ? [] : [u32(top.timeoutUdp, udp)]),
  );

/** @param bytes the attributes of the reply to GET_CONFIG, or of SET_CONFIG */
export function decodeTimeouts(bytes: Uint8Array): Partial<Timeouts> {
  const attributes = readAttributes(bytes);
  const [tcp, tcpFin, udp] = [top.timeoutTcp, top.timeoutTcpFin, top.timeoutUdp].map((type) =>
    readU32(attributes.get(type)),
  );
  return {
    ...(tcp === undefined ? {} : { tcp }),
    ...(tcpFin === undefined ? {} : { tcpFin }),
    ...(udp === undefined ? {} : { udp }),
  };
}

/** @param bytes the attributes of the reply to GET_INFO */
export function decodeInformation(bytes: Uint8Array): Result<Information, Undescribed> {
  const attributes = readAttributes(bytes);
  const version = readU32(attributes.get(info.version));
  const connectionTableSize = readU32(attributes.get(info.connectionTableSize));
  if (version === undefined || connectionTableSize === undefined)
    return fail('an information message cut short');
  const parts = [version >> 16, version >> 8, version].map((part) => part & 0xff);
  return ok({ version: parts.join('.'), connectionTableSize });
}
