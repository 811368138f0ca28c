import { type GlobalConfig, memoryFiles, parseConfig, type VrrpInstance } from '@holdfast/config';
import type { HealthSlice } from '@holdfast/healthcheck';
import { address, type Micros, micros, seconds } from '@holdfast/kit';
import type { VrrpSlice } from '@holdfast/vrrp';

export const global: GlobalConfig = {
  routerId: undefined,
  enableScriptSecurity: false,
  scriptUser: undefined,
  dynamicInterfaces: false,
  vrrpStartupDelay: micros(0),
  vrrpRealtimePriority: undefined,
  vrrpNice: undefined,
  childWaitTime: seconds(5),
  processNames: {},
  logUnknownVrids: false,
  reloadCheckConfig: false,
  vrrpSocket: 'native',
  garpInterval: micros(0),
};

/** A slice of one ordinary instance. */
export function sliceWith(advertInterval: Micros): VrrpSlice {
  return { global, vrrpScripts: [], vrrpInstances: [instance('V1', advertInterval)] };
}

export const instance = (name: string, advertInterval = seconds(1)): VrrpInstance => ({
  name,
  interface: 'eth0',
  family: 4,
  version: 2,
  virtualRouterId: 1,
  initialState: 'BACKUP',
  priority: 100,
  advertInterval,
  authentication: { type: 'none' },
  nopreempt: false,
  preemptDelay: micros(0),
  downTimerAdverts: 3,
  sourceAddress: undefined,
  multicastDestination: address('224.0.0.18'),
  unicastPeers: [],
  unicastTtl: 255,
  checkUnicastSource: false,
  virtualAddresses: [],
  excludedAddresses: [],
  trackScripts: [],
  trackInterfaces: [],
  dontTrackPrimary: false,
  garp: {
    masterDelay: seconds(5),
    masterRepeat: 5,
    masterRefresh: micros(0),
    masterRefreshRepeat: 1,
    lowerPriorityDelay: seconds(5),
    lowerPriorityRepeat: 5,
  },
  lowerPriorityNoAdvert: false,
  higherPrioritySendAdvert: false,
  ownerIgnoreAdverts: false,
  skipCheckAdvertAddresses: false,
  strict: false,
  checksumWithoutPseudoHeader: false,
  promoteSecondaries: false,
  notify: { reportDeleted: false },
  notifyPriorityChanges: false,
});

/** Virtual servers by name and port of their only real server. */
export function sliceOf(pools: Readonly<Record<string, number>>): HealthSlice {
  const text = Object.entries(pools)
    .map(
      ([mark, port]) =>
        `virtual_server fwmark ${mark} {\nlb_algo rr\nlb_kind NAT\nreal_server 10.0.0.3 ${port} {\n}\n}\n`,
    )
    .join('');
  const files = memoryFiles({ '/a.conf': text });
  return {
    global,
    virtualServers: parseConfig({ path: '/a.conf', configId: 'r1', files }).config.virtualServers,
  };
}

/** Virtual servers with so many real servers each. */
export function poolsOf(sizes: readonly number[]): HealthSlice['virtualServers'] {
  const text = sizes.map((size, v) => {
    const servers = Array.from({ length: size }, (_, i) => `real_server 10.0.0.1 ${i + 1} {\n}\n`);
    return `virtual_server 10.9.0.1 ${v + 1} {\n${servers.join('')}}\n`;
  });
  const files = memoryFiles({ '/a.conf': text.join('') });
  return parseConfig({ path: '/a.conf', configId: 'r1', files }).config.virtualServers;
}
