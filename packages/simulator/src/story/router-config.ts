import type { TrackEntry, VirtualAddress, VrrpInstance } from '@holdfast/config';
import { address, type IpAddress, micros, seconds } from '@holdfast/kit';

/** What differs between the routers of the stories; all else is as keepalived.conf(5) has it by default. */
export type RouterChoice = Pick<
  VrrpInstance,
  | 'version'
  | 'priority'
  | 'advertInterval'
  | 'nopreempt'
  | 'preemptDelay'
  | 'virtualAddresses'
  | 'lowerPriorityNoAdvert'
> & {
  readonly peers: readonly IpAddress[];
  /** The weight of the tracked script `load`. */
  readonly loadWeight: number;
};

export function routerConfig(choice: RouterChoice): VrrpInstance {
  const { peers, loadWeight, ...chosen } = choice;
  return {
    name: 'VI_1',
    interface: 'eth0',
    family: 4,
    virtualRouterId: 51,
    initialState: chosen.priority === 255 ? 'MASTER' : 'BACKUP',
    authentication: { type: 'none' },
    downTimerAdverts: 3,
    sourceAddress: undefined,
    multicastDestination: address('224.0.0.18'),
    unicastPeers: peers.map((peer) => ({ address: peer, minTtl: undefined, maxTtl: undefined })),
    unicastTtl: 255,
    // A unicast instance believes strangers unless told otherwise; garbage must fail by its defect alone.
    checkUnicastSource: false,
    excludedAddresses: [],
    trackScripts: [tracked('service', 0), tracked('load', loadWeight)],
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
    higherPrioritySendAdvert: false,
    ownerIgnoreAdverts: false,
    skipCheckAdvertAddresses: false,
    strict: false,
    checksumWithoutPseudoHeader: false,
    promoteSecondaries: false,
    notify: { reportDeleted: false },
    notifyPriorityChanges: false,
    ...chosen,
  };
}

const tracked = (name: string, weight: number): TrackEntry => ({ name, weight, reverse: false });

/** The n-th address that moves between the routers. */
export const virtualAddress = (n: number): VirtualAddress => ({
  address: address(`10.0.0.${100 + n}`),
  prefixLength: 24,
  interface: 'eth0',
  scope: 0,
  label: undefined,
  broadcast: undefined,
  peer: undefined,
  noPrefixRoute: false,
  noTrack: false,
});
