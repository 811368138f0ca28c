import type { VrrpInstance } from '@holdfast/config';
import type { Listener } from '../logic/demultiplex.ts';
import type { Machine } from './machine.ts';
import type { Endpoint, PortFailure, Wire } from './ports.ts';
import type { Running } from './running.ts';

/** Where an instance sends and listens; `undefined` while its interface does not exist. */
export function endpointOf(config: VrrpInstance, machine: Machine): Endpoint | undefined {
  const link = machine.link(config.interface);
  if (link === undefined) return undefined;
  const group = config.unicastPeers.length > 0 ? undefined : config.multicastDestination;
  return { interfaceIndex: link.index, interfaceName: link.name, group };
}

/** Whose packets an instance takes for its own; `undefined` while its interface does not exist. */
export function listenerOf({ config, state }: Running, machine: Machine): Listener | undefined {
  const endpoint = endpointOf(config, machine);
  if (endpoint === undefined) return undefined;
  return {
    instance: config.name,
    interfaceIndex: endpoint.interfaceIndex,
    virtualRouterId: config.virtualRouterId,
    group: endpoint.group,
    source: state.surroundings.source,
    peers: config.unicastPeers.map(({ address }) => address),
  };
}

/** The endpoints that are open, kept in step with the instances and the interfaces. */
export interface Endpoints {
  /** Opens what is wanted and not open. An interface that was made anew has another index, so another endpoint. */
  open(wanted: readonly Endpoint[]): readonly PortFailure[];
  /** Closes what is open and not wanted. */
  closeOthers(wanted: readonly Endpoint[]): void;
}

export function openEndpoints(wire: Wire): Endpoints {
  const known = new Map<string, Endpoint>();
  return {
    open(wanted) {
      const failures: PortFailure[] = [];
      for (const endpoint of wanted) {
        if (known.has(keyOf(endpoint))) continue;
        const failure = wire.open(endpoint);
        if (failure === undefined) known.set(keyOf(endpoint), endpoint);
        else failures.push(failure);
      }
      return failures;
    },
    closeOthers(wanted) {
      const keys = new Set(wanted.map(keyOf));
      for (const [key, endpoint] of known) {
        if (keys.has(key)) continue;
        wire.close(endpoint);
        known.delete(key);
      }
    },
  };
}

/** The index stays when an interface is renamed. */
const keyOf = (e: Endpoint): string => `${e.interfaceIndex} ${e.group ?? 'unicast'}`;
