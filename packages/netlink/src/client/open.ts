import {
  AF,
  loadAddon,
  type NativeSocket,
  NETLINK_OPTION,
  SO,
  SOCK,
  SOL,
  sockAddrNetlink,
} from '@holdfast/native';
import { netlinkClient } from './client.ts';
import type { NetlinkClient } from './types.ts';

/** Room for the answers of some thousand requests that are sent in one turn. */
const answerBuffer = 4 << 20;

/**
 * A client of one netlink protocol (NETLINK.ROUTE, NETLINK.GENERIC) in the network namespace of the calling thread.
 * @throws NativeError when the socket cannot be opened; AddonMissing
 */
export function openNetlink(protocol: number): NetlinkClient {
  return netlinkClient(openNetlinkSocket(protocol, answerBuffer));
}

/**
 * A bound netlink socket that gives extended acknowledgements.
 * @param receiveBuffer bytes; beyond the system's limit only with CAP_NET_ADMIN, without it as much as allowed
 */
export function openNetlinkSocket(protocol: number, receiveBuffer: number): NativeSocket {
  const { Socket } = loadAddon();
  const socket = new Socket(AF.NETLINK, SOCK.RAW, protocol);
  setReceiveBuffer(socket, receiveBuffer);
  socket.setOption(SOL.NETLINK, NETLINK_OPTION.EXT_ACK, 1);
  socket.bind(sockAddrNetlink());
  return socket;
}

function setReceiveBuffer(socket: NativeSocket, bytes: number): void {
  try {
    socket.setOption(SOL.SOCKET, SO.RCVBUFFORCE, bytes);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error;
    socket.setOption(SOL.SOCKET, SO.RCVBUF, bytes);
  }
}
