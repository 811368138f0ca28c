import {
  addressBytes,
  addressFromBytes,
  fail,
  familyOf,
  type IpAddress,
  ok,
  type Result,
} from '@holdfast/kit';
import type { SyncDaemon, SyncRole } from '../table/reports.ts';
import {
  attribute,
  nest,
  readAttributes,
  readText,
  readU8,
  readU16,
  readU32,
  text,
  u8,
  u16,
  u32,
} from './attributes.ts';
import { daemonState, daemonAttribute as number, top } from './constants.ts';
import type { Undescribed } from './service.ts';

/**
 * The DAEMON nest of NEW_DAEMON. The port is in host order, the only one of IPVS that is.
 *
 *     STATE u32, MCAST_IFN string, SYNC_ID u32, [SYNC_MAXLEN u16], [MCAST_GROUP 4 | MCAST_GROUP6 16 bytes],
 *     [MCAST_PORT u16], [MCAST_TTL u8]
 */
export function encodeDaemon(daemon: SyncDaemon): Uint8Array {
  const { role, syncId, maximumLength, group, port, ttl } = daemon;
  return nest(
    top.daemon,
    u32(number.state, daemonState[role]),
    text(number.interface, daemon.interface),
    u32(number.syncId, syncId),
    ...(maximumLength === undefined ? [] : [u16(number.maximumLength, maximumLength)]),
    ...(group === undefined ? [] : [groupAttribute(group)]),
    ...(port === undefined ? [] : [u16(number.port, port)]),
    ...(ttl === undefined ? [] : [u8(number.ttl, ttl)]),
  );
}

/** The DAEMON nest of DEL_DAEMON. The kernel compares STATE only; SYNC_ID goes along where it is known. */
export const encodeDaemonKey = (role: SyncRole, syncId?: number): Uint8Array =>
  nest(
    top.daemon,
    u32(number.state, daemonState[role]),
    ...(syncId === undefined ? [] : [u32(number.syncId, syncId)]),
  );

/** @param bytes the value of a DAEMON nest, of a reply or of a request */
export function decodeDaemon(bytes: Uint8Array): Result<SyncDaemon, Undescribed> {
  const attributes = readAttributes(bytes);
  const state = readU32(attributes.get(number.state));
  const name = readText(attributes.get(number.interface));
  const syncId = readU32(attributes.get(number.syncId));
  if (name === undefined || syncId === undefined) return fail('a sync daemon cut short');
  const role = roleOf(state);
  if (role === undefined) return fail(`sync daemon state ${state}`);
  const maximumLength = readU16(attributes.get(number.maximumLength));
  const port = readU16(attributes.get(number.port));
  const ttl = readU8(attributes.get(number.ttl));
  const group = readGroup(attributes);
  return ok({
    role,
    interface: name,
    syncId,
    ...(maximumLength === undefined ? {} : { maximumLength }),
    ...(group === undefined ? {} : { group }),
    ...(port === undefined ? {} : { port }),
    ...(ttl === undefined ? {} : { ttl }),
  });
}

export function roleOf(state: number | undefined): SyncRole | undefined {
  if (state === daemonState.master) return 'master';
  return state === daemonState.backup ? 'backup' : undefined;
}

const groupAttribute = (group: IpAddress): Uint8Array =>
  attribute(familyOf(group) === 4 ? number.group : number.group6, addressBytes(group));

/** With both the IPv4 one is used. */
function readGroup(attributes: ReadonlyMap<number, Uint8Array>): IpAddress | undefined {
  const [four, six] = [attributes.get(number.group), attributes.get(number.group6)];
  if (four?.length === 4) return addressFromBytes(four);
  return six?.length === 16 ? addressFromBytes(six) : undefined;
}
