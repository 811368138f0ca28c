import { familyOf, isLinkLocal, isMulticast } from '@holdfast/kit';
import { familyOfService, serverId, serviceId } from '../table/identity.ts';
import { isKnownScheduler, persistenceEngines, schedulers } from '../table/schedulers.ts';
import type { Server, Service, ServiceKey } from '../table/types.ts';
import { errnoName } from './errno.ts';
import { requestText } from './request-text.ts';
import type { Asked, IpvsFailure } from './types.ts';

interface Explanation {
  readonly reason: string;
  readonly remedy: string;
}

/** Turns an errno into what an operator can act on. @param errno positive */
export function explain(asked: Asked, errno: number): IpvsFailure {
  const code = errnoName(errno);
  return {
    asked,
    request: requestText(asked),
    code,
    errno,
    ...(explanation(asked, code) ?? unexplained(code)),
  };
}

/** The whole failure as one line. */
export const failureText = ({ request, code, reason, remedy }: IpvsFailure): string =>
  `cannot ${request}: ${reason} (${code}); ${remedy}`;

function explanation(asked: Asked, code: string): Explanation | undefined {
  const general = always[code];
  if (asked.kind === 'open' && code === 'ENOENT') return familyMissing;
  if (general !== undefined) return general;
  switch (asked.kind) {
    case 'add-service':
    case 'set-service':
      return onService(asked.service, code);
    case 'add-server':
    case 'set-server':
      return onServer(asked.service, asked.server, code);
    case 'delete-server':
      return code === 'ENOENT'
        ? serverMissing(asked.service, serverId(asked.server))
        : missing(asked.service, code);
    case 'delete-service':
    case 'read-service':
    case 'list-servers':
    case 'zero-service':
      return missing(asked.service, code);
    case 'start-daemon':
      return onDaemon(asked.daemon.role, asked.daemon.interface, code);
    case 'stop-daemon':
      return code === 'ESRCH'
        ? { reason: `no ${asked.role} sync daemon runs`, remedy: 'there is nothing to stop' }
        : undefined;
    case 'set-timeouts':
      return code === 'EINVAL'
        ? {
            reason: 'the kernel keeps no timeout that long',
            remedy: 'set less than 2147483647 divided by the CONFIG_HZ of the kernel',
          }
        : undefined;
    default:
      return undefined;
  }
}

const familyMissing: Explanation = {
  reason: 'this kernel has no IPVS, or its module is not loaded',
  remedy:
    'run `modprobe ip_vs` (in a container: on its host); where modprobe finds nothing, install the package with the modules of the running kernel',
};

/** What means the same for every command. */
const always: Readonly<Record<string, Explanation | undefined>> = {
  EPERM: {
    reason: 'the right CAP_NET_ADMIN in the initial user namespace is missing',
    remedy:
      'run as root of the host, or give the service CAP_NET_ADMIN; root of a container with a user namespace of its own does not have it',
  },
  ENOBUFS: {
    reason: 'answers of the kernel were lost because the receive buffer was full',
    remedy: 'the table is read again; raise net.core.rmem_max if it happens often',
  },
  EMSGSIZE: {
    reason: 'one send held more than the send buffer',
    remedy: 'send fewer changes at once, or raise net.core.wmem_max',
  },
  EOPNOTSUPP: {
    reason: 'this kernel does not know the command',
    remedy: 'a kernel of version 4.1 or later is needed',
  },
  EBUSY: { reason: 'another dump runs on the socket', remedy: 'wait for it to end' },
};

function onService(service: Service, code: string): Explanation | undefined {
  const { key, scheduler, persistence, persistenceEngine } = service;
  switch (code) {
    case 'ENOENT':
      return noSuchModule(scheduler, persistenceEngine);
    case 'EAFNOSUPPORT':
      return noFamily(key);
    case 'EINVAL':
      if (scheduler.length > 15) return tooLong(`scheduler name ${scheduler}`);
      if ((persistenceEngine ?? '').length > 15)
        return tooLong(`persistence engine name ${persistenceEngine}`);
      if (persistence?.granularity.family === 6) {
        return {
          reason: 'the IPv6 prefix length is out of range',
          remedy: 'set persistence_granularity from 1 to 128',
        };
      }
      return undefined;
    default:
      return missing(key, code);
  }
}

function noSuchModule(scheduler: string, engine: string | undefined): Explanation {
  if (engine !== undefined && isKnownScheduler(scheduler)) {
    return {
      reason: `the kernel has no persistence engine ${engine} (or no scheduler ${scheduler})`,
      remedy: `run \`modprobe ip_vs_pe_${engine}\` and \`modprobe ip_vs_${scheduler}\`; engines: ${persistenceEngines.join(', ')}`,
    };
  }
  return {
    reason: `the kernel has no scheduler ${scheduler}`,
    remedy: isKnownScheduler(scheduler)
      ? `run \`modprobe ip_vs_${scheduler}\` (in a container: on its host)`
      : `choose one of ${schedulers.join(', ')}`,
  };
}

function onServer(key: ServiceKey, server: Server, code: string): Explanation | undefined {
  switch (code) {
    case 'EEXIST':
      return {
        reason: `server ${serverId(server)} is there already`,
        remedy: 'change it instead of adding it',
      };
    case 'ENOENT':
      return serverMissing(key, serverId(server));
    case 'ERANGE':
      return server.weight < 0
        ? { reason: `weight ${server.weight} is negative`, remedy: 'set a weight from 0 to 2147483647' }
        : {
            reason: `the lower threshold ${server.lowerThreshold} is above the upper one, ${server.upperThreshold}`,
            remedy: 'set lthreshold to at most uthreshold',
          };
    case 'EINVAL':
      return invalidServer(key, server);
    case 'EAFNOSUPPORT':
      return noFamily(key);
    default:
      return missing(key, code);
  }
}

function invalidServer(key: ServiceKey, { address, forwarding }: Server): Explanation {
  if (forwarding.method === 'TUN' && forwarding.tunnel.type === 'gue' && forwarding.tunnel.port === 0) {
    return { reason: 'a GUE tunnel needs a UDP port', remedy: 'set a port from 1 to 65535' };
  }
  if (familyOf(address) === familyOfService(key)) {
    return isMulticast(address) || isLinkLocal(address)
      ? {
          reason: `${address} is not a unicast address that can be routed to`,
          remedy: 'give the server another address',
        }
      : {
          reason: `the kernel does not take ${address} as a server`,
          remedy: 'give the server a unicast address',
        };
  }
  return forwarding.method === 'TUN'
    ? {
        reason: 'a server of the other address family cannot be added while a connection sync daemon runs',
        remedy: 'stop the sync daemon (remove lvs_sync_daemon), or use servers of the same family',
      }
    : {
        reason: `${address} is of another address family than ${serviceId(key)}, which works by tunnel only`,
        remedy: 'set lb_kind TUN for this server',
      };
}

function onDaemon(role: string, name: string, code: string): Explanation | undefined {
  switch (code) {
    case 'EEXIST':
      return {
        reason: `a ${role} sync daemon runs already`,
        remedy: 'stop it first: its settings cannot be changed',
      };
    case 'ENODEV':
      return { reason: `there is no interface ${name}`, remedy: 'name an interface that exists' };
    case 'ENETUNREACH':
      return { reason: `interface ${name} is down`, remedy: `run \`ip link set ${name} up\`` };
    case 'EINVAL':
      return {
        reason: 'its settings do not fit, or a server of another family than its service is in the table',
        remedy: 'give a multicast group and a sync id from 0 to 255; remove servers of mixed families',
      };
    default:
      return undefined;
  }
}

function missing(key: ServiceKey, code: string): Explanation | undefined {
  switch (code) {
    case 'EEXIST':
      return {
        reason: `service ${serviceId(key)} is there already`,
        remedy: 'change it instead of adding it',
      };
    case 'ESRCH':
      return {
        reason: `service ${serviceId(key)} is not in the table`,
        remedy: 'somebody else has deleted it, or it was never added: read the table and plan again',
      };
    default:
      return undefined;
  }
}

const serverMissing = (key: ServiceKey, server: string): Explanation => ({
  reason: `server ${server} is not in ${serviceId(key)}`,
  remedy: 'somebody else has deleted it, or it was never added: read the table and plan again',
});

const noFamily = (key: ServiceKey): Explanation => ({
  reason: `the IPVS of this kernel has no IPv${familyOfService(key)}`,
  remedy: 'use a kernel with CONFIG_IP_VS_IPV6, and do not disable IPv6 at boot',
});

const tooLong = (what: string): Explanation => ({
  reason: `the ${what} is longer than 15 bytes`,
  remedy: 'no module of the kernel has such a name',
});

const unexplained = (code: string): Explanation => ({
  reason: `the kernel refused with ${code}`,
  remedy: 'read the table (`ipvsadm -Ln`) and the kernel log (`dmesg`)',
});
