import type { PortFailure } from './ports.ts';

/** A refusal of a socket: what was asked (with its object), the errno's name, and what a user can do about it. */
export interface WireFailure extends PortFailure {
  readonly remedy: string;
}

/** @param what the operation and its object: `join 224.0.0.18 on eth0` @param error what the transport has thrown */
export function wireFailure(what: string, error: unknown): WireFailure {
  const code = errorCode(error);
  return { what, code, remedy: remedies[code] ?? 'see errno(3) and the kernel log' };
}

/** The native socket's errors carry `code`; raw-socket's only have the text of strerror(3). */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOfText[error.message] ?? error.message;
}

const needsRawRight =
  'raw sockets need CAP_NET_RAW: start as root, or keep net_raw in CapabilityBoundingSet= (systemd) or --cap-add (containers)';
const interfaceGone = 'the interface is gone: it is used again when one of that name appears';

const remedies: Readonly<Record<string, string>> = {
  EPERM: needsRawRight,
  EACCES: `${needsRawRight}; a firewall that rejects output of protocol 112 says the same`,
  ENODEV: interfaceGone,
  ENXIO: interfaceGone,
  ENETDOWN: 'the interface is down: ip link set it up',
  ENETUNREACH: 'no route leads there: the interface is down, or has no address',
  EHOSTUNREACH: 'no route leads there: look at the routes to the unicast_peer',
  EADDRNOTAVAIL: 'the interface does not do multicast, or is not there any more',
  ENOBUFS: 'the queue of the interface, or net.ipv4.igmp_max_memberships, is full',
  EAGAIN: 'the send buffer is full: the interface takes no packets as fast as they come',
  EMSGSIZE: 'the packet is larger than the MTU: advertise fewer addresses (virtual_ipaddress_excluded)',
  EMFILE: 'too many descriptors are open: raise LimitNOFILE=',
  EAFNOSUPPORT:
    'gratuitous ARP is made for Ethernet addresses only: neighbours learn the address when they ask',
  ENOTCONN: 'the interface was not opened before, which is a mistake of this program',
};

const codeOfText: Readonly<Record<string, string>> = {
  'Operation not permitted': 'EPERM',
  'Permission denied': 'EACCES',
  'No such device': 'ENODEV',
  'No such device or address': 'ENXIO',
  'Network is down': 'ENETDOWN',
  'Network is unreachable': 'ENETUNREACH',
  'No route to host': 'EHOSTUNREACH',
  'Cannot assign requested address': 'EADDRNOTAVAIL',
  'Address already in use': 'EADDRINUSE',
  'No buffer space available': 'ENOBUFS',
  'Resource temporarily unavailable': 'EAGAIN',
  'Message too long': 'EMSGSIZE',
  'Too many open files': 'EMFILE',
  'Invalid argument': 'EINVAL',
};
