import {
  addressBytes,
  fail,
  familyOf,
  type IpAddress,
  isLinkLocal,
  isMulticast,
  type Result,
} from '@holdfast/kit';
import { readFamily } from '../codec/address.ts';
import { readAttributes, readU16, readU32 } from '../codec/attributes.ts';
import { serverAttribute as number, top } from '../codec/constants.ts';
import { decodeServer, decodeServerKey } from '../codec/server.ts';
import { familyOfService } from '../table/identity.ts';
import type { Server, ServerKey, ServiceKey } from '../table/types.ts';
import type { Errno } from './parse-service.ts';

/** The key in a request's DEST nest, by the kernel's checks. @param attributes of the whole request */
export function parseServerKey(attributes: Uint8Array, service: ServiceKey): Result<ServerKey, Errno> {
  const nested = readAttributes(attributes).get(top.server);
  const key = nested === undefined ? undefined : decodeServerKey(nested, familyOfService(service));
  return key?.ok ? key : fail('EINVAL');
}

/**
 * A whole server, as NEW_DEST and SET_DEST want it.
 *
 * @param hasDaemon a sync daemon runs: it cannot carry connections of mixed families
 */
export function parseServer(
  attributes: Uint8Array,
  service: ServiceKey,
  hasDaemon: boolean,
): Result<Server, Errno> {
  const nested = readAttributes(attributes).get(top.server) ?? new Uint8Array();
  const found = readAttributes(nested);
  const family = readU16(found.get(number.family)) ?? 0;
  if (family !== 0 && readFamily(family) === undefined) return fail('EAFNOSUPPORT');
  const required = [number.forwarding, number.weight, number.upperThreshold, number.lowerThreshold];
  if (required.some((type) => readU32(found.get(type)) === undefined)) return fail('EINVAL');
  const server = decodeServer(nested, familyOfService(service));
  if (!server.ok) return fail('EINVAL');
  const { address, forwarding, weight, upperThreshold, lowerThreshold } = server.value;
  const isMixed = familyOf(address) !== familyOfService(service);
  if (isMixed && (forwarding.method !== 'TUN' || hasDaemon)) return fail('EINVAL');
  if (weight < 0 || lowerThreshold > upperThreshold) return fail('ERANGE');
  const needsPort =
    forwarding.method === 'TUN' && forwarding.tunnel.type === 'gue' && forwarding.tunnel.port === 0;
  return needsPort || !isUnicast(address) ? fail('EINVAL') : server;
}

function isUnicast(address: IpAddress): boolean {
  if (isMulticast(address)) return false;
  const [first] = addressBytes(address);
  if (familyOf(address) === 4) return first !== 0 && address !== '255.255.255.255';
  return !isLinkLocal(address) && address !== '::';
}
