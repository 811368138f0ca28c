import type { Checker, VirtualServer } from '@holdfast/config';
import { address, seconds } from '@holdfast/kit';

const tcpCheck: Checker = {
  kind: 'TCP_CHECK',
  pace: {
    delayLoop: seconds(6),
    retry: 1,
    delayBeforeRetry: seconds(1),
    warmup: seconds(6),
    alpha: false,
    logAllFailures: false,
  },
  target: {
    address: address('10.0.1.1'),
    port: 8080,
    bindTo: undefined,
    bindPort: undefined,
    bindInterface: undefined,
    fwmark: undefined,
    connectTimeout: seconds(5),
  },
};

/** A virtual server with real servers at port 8080 and weight 2, one TCP_CHECK each. */
export const pool = (
  at: string,
  port: number,
  servers: readonly string[],
  more: Partial<VirtualServer> = {},
): VirtualServer => ({
  key: `[${at}]:${more.protocol ?? 'tcp'}:${port}`,
  services: [{ kind: 'address', address: address(at), port }],
  protocol: 'tcp',
  scheduler: 'wlc',
  schedulerFlags: { flag1: false, flag2: false, flag3: false },
  onePacket: false,
  persistence: undefined,
  persistenceEngine: undefined,
  delayLoop: seconds(6),
  haSuspend: false,
  alpha: false,
  omega: false,
  quorum: 1,
  hysteresis: 0,
  quorumUp: undefined,
  quorumDown: undefined,
  sorryServer: undefined,
  sorryServerInhibit: false,
  virtualhost: undefined,
  realServers: servers.map((server) => ({
    key: `[${server}]:tcp:8080`,
    address: address(server),
    port: 8080,
    forwarding: { method: 'NAT' },
    weight: 2,
    inhibitOnFailure: false,
    upperThreshold: 0,
    lowerThreshold: 0,
    notifyUp: undefined,
    notifyDown: undefined,
    virtualhost: undefined,
    checkers: [tcpCheck],
  })),
  ...more,
});
