import { concatBytes } from '@holdfast/kit';
import type { Change } from '../planner/types.ts';
import type { SyncDaemon, SyncRole, Timeouts } from '../table/reports.ts';
import type { ServiceKey } from '../table/types.ts';
import { encodeTimeouts } from './config.ts';
import { command } from './constants.ts';
import { encodeDaemon, encodeDaemonKey } from './daemon.ts';
import { encodeServer, encodeServerKey } from './server.ts';
import { encodeService, encodeServiceKey } from './service.ts';

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
      return { command: command.newService, attributes: encodeService(change.service) };
    case 'set-service':
      return { command: command.setService, attributes: encodeService(change.service) };
    case 'delete-service':
      return { command: command.deleteService, attributes: encodeServiceKey(change.service) };
    case 'add-server':
    case 'set-server':
      return {
        command: change.kind === 'add-server' ? command.newServer : command.setServer,
        attributes: concatBytes(encodeServiceKey(change.service), encodeServer(change.server)),
      };
    default:
      return {
        command: command.deleteServer,
        attributes: concatBytes(encodeServiceKey(change.service), encodeServerKey(change.server)),
      };
  }
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
