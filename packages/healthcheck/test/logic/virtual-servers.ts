import type { Checker, CheckPace, HttpChecker, RealServer, VirtualServer } from '@holdfast/config';
import { address, seconds } from '@holdfast/kit';

/** keepalived's defaults of TCP_CHECK at a `delay_loop` of 6 seconds. */
export const pace: CheckPace = {
  delayLoop: seconds(6),
  retry: 1,
  delayBeforeRetry: seconds(1),
  warmup: seconds(6),
  alpha: false,
  logAllFailures: false,
};

const target = {
  address: address('10.9.1.1'),
  port: 80,
  bindTo: undefined,
  bindPort: undefined,
  bindInterface: undefined,
  fwmark: undefined,
  connectTimeout: seconds(5),
};

export const tcpCheck = (rest: Partial<CheckPace> = {}, port = 80): Checker => ({
  kind: 'TCP_CHECK',
  pace: { ...pace, ...rest },
  target: { ...target, port },
});

export const httpGet = (
  paths: readonly string[],
  rest: Partial<CheckPace> = {},
  more: Partial<HttpChecker> = {},
): Checker => ({
  kind: 'HTTP_GET',
  pace: { ...pace, ...rest },
  target,
  httpVersion: '1.0',
  virtualhost: undefined,
  enableSni: false,
  sniName: undefined,
  fastRecovery: false,
  tlsCompliant: false,
  urls: paths.map((path) => ({
    path,
    virtualhost: undefined,
    digest: undefined,
    statusCodes: [{ from: 200, to: 299 }],
  })),
  ...more,
});

export const miscCheck = (rest: Partial<CheckPace> = {}, dynamic = true): Checker => ({
  kind: 'MISC_CHECK',
  pace: { ...pace, retry: 0, ...rest },
  command: { argv: ['/usr/local/bin/healthy'], runAs: undefined },
  timeout: seconds(6),
  dynamic,
});

/** Real server 10.9.1.N:80, by NAT. */
export const realServer = (n: number, rest: Partial<RealServer> = {}): RealServer => ({
  key: `[10.9.1.${n}]:tcp:80`,
  address: address(`10.9.1.${n}`),
  port: 80,
  forwarding: { method: 'NAT' },
  weight: 1,
  inhibitOnFailure: false,
  upperThreshold: 0,
  lowerThreshold: 0,
  notifyUp: undefined,
  notifyDown: undefined,
  virtualhost: undefined,
  checkers: [tcpCheck()],
  ...rest,
});

export const virtualServer = (rest: Partial<VirtualServer> = {}): VirtualServer => ({
  key: '[10.9.0.100]:tcp:80',
  services: [{ kind: 'address', address: address('10.9.0.100'), port: 80 }],
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
  realServers: [realServer(1), realServer(2)],
  ...rest,
});

/** 10.9.1.N:80 as the sorry server. */
export const sorry = (n: number): NonNullable<VirtualServer['sorryServer']> => ({
  address: address(`10.9.1.${n}`),
  port: 80,
  forwarding: { method: 'NAT' },
});
