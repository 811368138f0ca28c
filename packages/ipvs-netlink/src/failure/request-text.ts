import { unreachable } from '@holdfast/kit';
import { serverId, serviceId } from '../table/identity.ts';
import type { Asked } from './types.ts';

/** What was asked, in words: the beginning of a log line. */
export function requestText(asked: Asked): string {
  switch (asked.kind) {
    case 'add-service':
      return `add service ${serviceId(asked.service.key)}`;
    case 'set-service':
      return `change service ${serviceId(asked.service.key)}`;
    case 'delete-service':
      return `delete service ${serviceId(asked.service)}`;
    case 'add-server':
      return `add server ${serverId(asked.server)} to ${serviceId(asked.service)}`;
    case 'set-server':
      return `change server ${serverId(asked.server)} of ${serviceId(asked.service)}`;
    case 'delete-server':
      return `delete server ${serverId(asked.server)} of ${serviceId(asked.service)}`;
    case 'open':
      return 'find the IPVS family of generic netlink';
    case 'read-information':
      return 'read the version of IPVS';
    case 'read-timeouts':
      return 'read the timeouts';
    case 'set-timeouts':
      return 'set the timeouts';
    case 'list-services':
      return 'list the services';
    case 'list-daemons':
      return 'list the sync daemons';
    case 'zero-all':
      return 'zero the counters';
    case 'flush':
      return 'empty the table';
    case 'read-service':
      return `read service ${serviceId(asked.service)}`;
    case 'list-servers':
      return `list the servers of ${serviceId(asked.service)}`;
    case 'zero-service':
      return `zero the counters of ${serviceId(asked.service)}`;
    case 'start-daemon':
      return `start the ${asked.daemon.role} sync daemon on ${asked.daemon.interface}`;
    case 'stop-daemon':
      return `stop the ${asked.role} sync daemon`;
    default:
      return unreachable(asked);
  }
}
