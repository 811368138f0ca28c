import { type Family, fail, ok, type Result } from '@holdfast/kit';
import type { ServerReport, ServiceReport } from '../table/reports.ts';
import type { Server, Service } from '../table/types.ts';
import { readAttributes, readU32 } from './attributes.ts';
import { serverAttribute, serviceAttribute, top } from './constants.ts';
import { decodeServer } from './server.ts';
import { decodeService, type Undescribed } from './service.ts';
import { decodeStatistics } from './statistics.ts';

/** The service of a NEW_SERVICE message, without its counters. @param bytes the attributes of the message */
export function decodeServiceOnly(bytes: Uint8Array): Result<Service, Undescribed> {
  const nested = readAttributes(bytes).get(top.service);
  return nested === undefined ? fail('a message without a service') : decodeService(nested);
}

/** The server of a NEW_DEST message, without its counters. @param bytes the attributes of the message */
export function decodeServerOnly(bytes: Uint8Array, serviceFamily: Family): Result<Server, Undescribed> {
  const nested = readAttributes(bytes).get(top.server);
  return nested === undefined ? fail('a message without a server') : decodeServer(nested, serviceFamily);
}

/** @param bytes the attributes of a NEW_SERVICE message, the answer to GET_SERVICE */
export function decodeServiceReport(bytes: Uint8Array): Result<ServiceReport, Undescribed> {
  const nested = readAttributes(bytes).get(top.service);
  if (nested === undefined) return fail('a message without a service');
  const service = decodeService(nested);
  if (!service.ok) return service;
  const attributes = readAttributes(nested);
  const { stats, stats64 } = serviceAttribute;
  const statistics = decodeStatistics(attributes.get(stats64), attributes.get(stats));
  return ok({ service: service.value, statistics });
}

/** @param bytes the attributes of a NEW_DEST message, the answer to GET_DEST */
export function decodeServerReport(
  bytes: Uint8Array,
  serviceFamily: Family,
): Result<ServerReport, Undescribed> {
  const nested = readAttributes(bytes).get(top.server);
  if (nested === undefined) return fail('a message without a server');
  const server = decodeServer(nested, serviceFamily);
  if (!server.ok) return server;
  const attributes = readAttributes(nested);
  const count = (type: number): number => readU32(attributes.get(type)) ?? 0;
  const { stats, stats64 } = serverAttribute;
  return ok({
    server: server.value,
    activeConnections: count(serverAttribute.activeConnections),
    inactiveConnections: count(serverAttribute.inactiveConnections),
    persistentConnections: count(serverAttribute.persistentConnections),
    statistics: decodeStatistics(attributes.get(stats64), attributes.get(stats)),
  });
}
