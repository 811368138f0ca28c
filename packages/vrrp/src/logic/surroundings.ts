import type { TrackEntry, VrrpInstance } from '@holdfast/config';
import type { IpAddress } from '@holdfast/kit';
import { heldAddresses } from './addresses.ts';
import { type Condition, type Tracked, track } from './tracking.ts';
import type { FaultCause, Surroundings } from './types.ts';

/** What is known of the machine, by name. */
export interface Facts {
  /** `missing`: there is no such interface; `up` is IFF_UP and IFF_RUNNING. */
  readonly interface: (name: string) => 'up' | 'down' | 'missing';
  readonly script: (name: string) => Condition;
  /** The interface's first address of the instance's family that is no VIP. */
  readonly primaryAddress: IpAddress | undefined;
}

/**
 * What of the facts counts for one instance. Its own interface and those of its addresses are tracked with weight 0
 * unless `dont_track_primary` or `no_track` says otherwise; without the interface nothing can be sent in any case.
 */
export function surroundings(config: VrrpInstance, facts: Facts): Surroundings {
  const source = config.sourceAddress ?? facts.primaryAddress;
  const scripts = config.trackScripts.map((entry) => ({
    entry,
    result: track(entry, facts.script(entry.name)),
  }));
  const interfaces = config.trackInterfaces.map((entry) => ({
    entry,
    result: track(entry, facts.interface(entry.name) === 'up' ? 'good' : 'bad'),
  }));
  return {
    faults: [
      ...primaryFaults(config, facts, source),
      ...interfaces.flatMap(({ entry, result }) => interfaceFault(entry, result, facts)),
      ...scripts.flatMap(({ entry, result }) => scriptFault(entry, result)),
    ],
    weight: [...scripts, ...interfaces].reduce((sum, { result }) => sum + weightOf(result), 0),
    undecided: scripts.some(({ result }) => result.kind === 'undecided'),
    source,
  };
}

/** Whether anything is different that an instance would have to hear of. */
export function sameSurroundings(a: Surroundings, b: Surroundings): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The interfaces whose loss is a FAULT: the instance's own, and those that its addresses stand on. */
function ownInterfaces(config: VrrpInstance): readonly string[] {
  const others = heldAddresses(config).filter(({ noTrack }) => !noTrack);
  return [...new Set([config.interface, ...others.map((a) => a.interface)])];
}

function primaryFaults(
  config: VrrpInstance,
  facts: Facts,
  source: IpAddress | undefined,
): readonly FaultCause[] {
  const watched = config.dontTrackPrimary ? [] : ownInterfaces(config);
  const down = watched.filter((name) => facts.interface(name) === 'down');
  const needed = [...new Set([config.interface, ...watched])];
  const missing = needed.filter((name) => facts.interface(name) === 'missing');
  const homeless = source === undefined && facts.interface(config.interface) !== 'missing';
  return [
    ...missing.map((name): FaultCause => ({ kind: 'interface-missing', interface: name })),
    ...down.map((name): FaultCause => ({ kind: 'interface-down', interface: name })),
    ...(homeless ? [{ kind: 'no-source-address', interface: config.interface } as const] : []),
  ];
}

function interfaceFault(entry: TrackEntry, result: Tracked, facts: Facts): readonly FaultCause[] {
  if (result.kind !== 'fault') return [];
  const kind = facts.interface(entry.name) === 'missing' ? 'interface-missing' : 'interface-down';
  return [{ kind, interface: entry.name }];
}

function scriptFault(entry: TrackEntry, result: Tracked): readonly FaultCause[] {
  return result.kind === 'fault' ? [{ kind: 'script-failed', script: entry.name }] : [];
}

const weightOf = (result: Tracked): number => (result.kind === 'weight' ? result.weight : 0);
