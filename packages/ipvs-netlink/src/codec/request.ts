import type { Change } from '../planner/types.ts';
import type { SyncDaemon, SyncRole, Timeouts } from '../table/reports.ts';
import type { ServiceKey } from '../table/types.ts';
import { type AttributeWriter, attributeWriter } from './attribute-writer.ts';
import { encodeTimeouts } from './config.ts';
import { command } from './constants.ts';
import { encodeDaemon, encodeDaemonKey } from './daemon.ts';
import { writeServer, writeServerKey } from './server.ts';
import { encodeServiceKey, writeService } from './service.ts';

/** A command of the IPVS family with its attributes; the envelope is the transport's. */
export interface IpvsRequest {
  readonly command: number;
  readonly attributes: Uint8Array;
  /** It wants an answer of its own, whatever goes behind it in the same send. */
  readonly acknowledged?: true;
}

/** The request that carries out a change. */
export function changeRequest(change: Change): IpvsRequest {
  switch (change.kind) {
    case 'add-service':
      return { command: command.newService, attributes: changes.encode(writeService, change.service) };
    case 'set-service':
      return { command: command.setService, attributes: changes.encode(writeService, change.service) };
    case 'delete-service':
      return { command: command.deleteService, attributes: encodeServiceKey(change.service) };
    case 'add-server':
      return { command: command.newServer, attributes: changes.encode(writeServerChange, change) };
    case 'set-server':
      return { command: command.setServer, attributes: changes.encode(writeServerChange, change) };
    default:
      return { command: command.deleteServer, attributes: changes.encode(writeServerDeletion, change) };
  }
}

/** Requests are forgotten when they are sent, and their memory with the last of them. */
const changes = attributeWriter();

type About<K extends Change['kind']> = Extract<Change, { readonly kind: K }>;

function writeServerChange(writer: AttributeWriter, change: About<'add-server' | 'set-server'>): void {
  writer.written(encodeServiceKey(change.service));
  writeServer(writer, change.server);
}

function writeServerDeletion(writer: AttributeWriter, change: About<'delete-server'>): void {
  writer.written(encodeServiceKey(change.service));
  writeServerKey(writer, change.server);
}

const none = new Uint8Array();

/** The requests that read, and the rest. */
export const requests = {
  information: { command: command.getInfo, attributes: none },
  timeouts: { command: command.getConfig, attributes: none },
  setTimeouts: (timeouts: Partial<Timeouts>) => ({
    command: command.setConfig,
    attributes: encodeTimeouts(timeouts),
  }),
  /** A dump. */
  services: { command: command.getService, attributes: none },
  service: (key: ServiceKey) => ({ command: command.getService, attributes: encodeServiceKey(key) }),
  /** A dump. */
  servers: (key: ServiceKey) => ({ command: command.getServer, attributes: encodeServiceKey(key) }),
  /** A dump. */
  daemons: { command: command.getDaemon, attributes: none },
  startDaemon: (daemon: SyncDaemon) => ({ command: command.newDaemon, attributes: encodeDaemon(daemon) }),
  stopDaemon: (role: SyncRole, syncId?: number) => ({
    command: command.deleteDaemon,
    attributes: encodeDaemonKey(role, syncId),
  }),
  zero: (key?: ServiceKey) => ({
    command: command.zero,
    attributes: key === undefined ? none : encodeServiceKey(key),
  }),
  flush: { command: command.flush, attributes: none },
} as const;
