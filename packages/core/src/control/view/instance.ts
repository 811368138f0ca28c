import type { VirtualAddress, VrrpInstance } from '@holdfast/config';
import {
  faultText,
  type InstanceStatistics,
  type InstanceStatus,
  outlook,
  type Transition,
} from '@holdfast/vrrp';
import type { Instance, Why } from '../api/index.ts';
import { type BothClocks, momentOf, momentOrNull } from './clock.ts';

/** All that is known of one instance. */
export interface KnownInstance {
  readonly config: VrrpInstance;
  /** Undefined: the worker has not reported it yet. */
  readonly status: InstanceStatus | undefined;
  /** Newest first. */
  readonly transitions: readonly Transition[];
  /** Undefined: the worker did not answer in time. */
  readonly statistics: InstanceStatistics | undefined;
  /** Its worker died as master, and core has taken its addresses away since. */
  readonly withdrawn: boolean;
  /** An operator's wish; the worker may not have carried it out yet. */
  readonly handedOver: boolean;
}

/** As GET /v1/status shows it; a pure function of what is known. */
export function instanceView(known: KnownInstance, clocks: BothClocks): Instance {
  const { config, status, statistics, handedOver } = known;
  return {
    name: config.name,
    interface: config.interface,
    virtualRouterId: config.virtualRouterId,
    version: config.version,
    ...present(known, clocks),
    priority: { configured: config.priority, effective: status?.priority ?? null },
    handedOver,
    source: status?.source ?? null,
    master: masterOf(known, clocks),
    addresses: [
      ...config.virtualAddresses.map((address) => addressView(address, true)),
      ...config.excludedAddresses.map((address) => addressView(address, false)),
    ],
    tracked: [...(status?.tracked ?? [])],
    faults: (status?.faults ?? []).map(faultText),
    statistics:
      statistics === undefined
        ? null
        : {
            lastAdvertAt: momentOrNull(clocks, statistics.lastAdvertAt),
            counters: statistics.counters,
            drops: statistics.drops,
          },
  };
}

/** As GET /v1/instances/{instance}/why shows it. */
export function whyView(known: KnownInstance, clocks: BothClocks): Why {
  const { config, status, statistics, transitions } = known;
  const { state, since, why: cause } = present(known, clocks);
  return {
    instance: config.name,
    state,
    since,
    cause,
    transitions: transitions.map(({ at, from, to, cause }) => ({
      at: momentOf(clocks, at),
      from: stateNames[from],
      to: stateNames[to],
      cause,
    })),
    outlook:
      status === undefined || known.withdrawn
        ? []
        : [...outlook(config, status, statistics, clocks.monotonic)],
  };
}

/** The state, since when and why. What the worker told last holds no more when core has withdrawn the instance. */
function present(
  { status, transitions, withdrawn }: KnownInstance,
  clocks: BothClocks,
): Pick<Instance, 'state' | 'since' | 'why'> {
  if (withdrawn) return { state: 'UNKNOWN', since: null, why: withdrawnBecause };
  return {
    state: stateOf(status),
    since: momentOrNull(clocks, status?.enteredAt),
    why: transitions[0]?.cause ?? null,
  };
}

const withdrawnBecause = {
  kind: 'withdrawn',
  text: 'its worker died, and its addresses were removed; it takes part again when the next worker has started',
} as const;

export const stateNames = { init: 'INIT', backup: 'BACKUP', master: 'MASTER', fault: 'FAULT' } as const;

export const stateOf = (status: InstanceStatus | undefined): Instance['state'] =>
  status === undefined ? 'UNKNOWN' : stateNames[status.phase];

function masterOf({ status, statistics }: KnownInstance, clocks: BothClocks): Instance['master'] {
  const master = status?.master;
  if (master === undefined) return null;
  return { ...master, heardAt: momentOrNull(clocks, statistics?.masterHeardAt) };
}

const addressView = (
  { address, prefixLength, interface: device }: VirtualAddress,
  advertised: boolean,
): Instance['addresses'][number] => ({ address, prefixLength, interface: device, advertised });
