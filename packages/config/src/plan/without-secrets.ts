import type { Checker, VirtualServer } from '../lvs-types.ts';
import type { Config, VrrpInstance } from '../types.ts';

/** The same configuration with empty passwords: for who may know what runs, but not how others are let in. */
export const withoutSecrets = (config: Config): Config => ({
  ...config,
  vrrpInstances: config.vrrpInstances.map(instanceWithout),
  virtualServers: config.virtualServers.map(poolWithout),
});

const instanceWithout = (instance: VrrpInstance): VrrpInstance =>
  instance.authentication.type === 'none'
    ? instance
    : { ...instance, authentication: { ...instance.authentication, password: '' } };

const poolWithout = (server: VirtualServer): VirtualServer => ({
  ...server,
  realServers: server.realServers.map((real) => ({ ...real, checkers: real.checkers.map(checkerWithout) })),
});

function checkerWithout(checker: Checker): Checker {
  if (checker.kind !== 'HTTP_GET' && checker.kind !== 'SSL_GET') return checker;
  if (checker.tlsClient?.password === undefined) return checker;
  return { ...checker, tlsClient: { ...checker.tlsClient, password: '' } };
}
