import { type AttributeWriter, attributeWriter } from '../codec/attribute-writer.ts';
import { nest, u32, u64 } from '../codec/attributes.ts';
import { encodeTimeouts } from '../codec/config.ts';
import { command, info, serverAttribute, serviceAttribute, serviceFlag, top } from '../codec/constants.ts';
import { encodeDaemon } from '../codec/daemon.ts';
import type { IpvsRequest } from '../codec/request.ts';
import { writeServerAttributes } from '../codec/server.ts';
import { flagBits, writeServiceAttributes } from '../codec/service.ts';
import { statisticNames } from '../codec/statistics.ts';
import type { ServerReport, ServiceReport, Statistics, SyncDaemon, Timeouts } from '../table/reports.ts';
import type { Service } from '../table/types.ts';

export const noStatistics: Statistics = {
  connections: 0n,
  incomingPackets: 0n,
  outgoingPackets: 0n,
  incomingBytes: 0n,
  outgoingBytes: 0n,
  connectionRate: 0n,
  incomingPacketRate: 0n,
  outgoingPacketRate: 0n,
  incomingByteRate: 0n,
  outgoingByteRate: 0n,
};

export const serviceReply = (service: Service, statistics: Statistics): IpvsRequest => ({
  command: command.newService,
  attributes: replies.encode(writeServiceReply, { service, statistics }),
});

export const serverReply = (report: ServerReport): IpvsRequest => ({
  command: command.newServer,
  attributes: replies.encode(writeServerReply, report),
});

const replies = attributeWriter();

function writeServiceReply(writer: AttributeWriter, { service, statistics }: ServiceReport): void {
  const nested = writer.open(top.service);
  writeServiceAttributes(writer, service, flagBits(service) | serviceFlag.hashed);
  writer.written(statisticsNest(serviceAttribute.stats64, statistics));
  writer.close(nested);
}

function writeServerReply(writer: AttributeWriter, report: ServerReport): void {
  const nested = writer.open(top.server);
  writeServerAttributes(writer, report.server);
  writer.u32(serverAttribute.activeConnections, report.activeConnections);
  writer.u32(serverAttribute.inactiveConnections, report.inactiveConnections);
  writer.u32(serverAttribute.persistentConnections, report.persistentConnections);
  writer.written(statisticsNest(serverAttribute.stats64, report.statistics));
  writer.close(nested);
}

export const daemonReply = (daemon: SyncDaemon): IpvsRequest => ({
  command: command.newDaemon,
  attributes: encodeDaemon(daemon),
});

export const timeoutsReply = (timeouts: Timeouts): IpvsRequest => ({
  command: command.setConfig,
  attributes: encodeTimeouts(timeouts),
});

/** Version 1.2.1, 4096 buckets. */
export const informationReply = (): IpvsRequest => ({
  command: command.setInfo,
  attributes: new Uint8Array([...u32(info.version, 0x01_02_01), ...u32(info.connectionTableSize, 4096)]),
});

const statisticsNest = (type: number, statistics: Statistics): Uint8Array =>
  nest(type, ...statisticNames.map((name, i) => u64(i + 1, statistics[name])));
