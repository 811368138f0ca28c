import { type IpAddress, isMulticast } from '@holdfast/kit';
import { decodeIpv4, type Ipv4Packet } from '@holdfast/wire';
import type { DropReason } from './drop-reason.ts';
import type { InstanceName } from './types.ts';

/** Where an instance listens. */
export interface Listener {
  readonly instance: InstanceName;
  /** Index of the interface that its packets arrive on. */
  readonly interfaceIndex: number;
  readonly virtualRouterId: number;
  /** The group, or `undefined` for unicast. */
  readonly group: IpAddress | undefined;
  /** Our address, as far as one is known; with unicast, packets to it are ours first. */
  readonly source: IpAddress | undefined;
  /** `unicast_peer` */
  readonly peers: readonly IpAddress[];
}

export type Addressee =
  | { readonly kind: 'instance'; readonly instance: InstanceName }
  | { readonly kind: 'nobody'; readonly reason: DropReason };

/**
 * Finds whose packet it is. A VRID may be in use once with multicast and, with different peers, several times with
 * unicast on one interface; the destination and the sender tell them apart. A packet that fits no listener of its VRID
 * goes to one all the same, whose checks then name what is wrong with it. Nothing of the packet is believed here.
 */
export function demultiplexer(
  listeners: readonly Listener[],
): (interfaceIndex: number, datagram: Uint8Array) => Addressee {
  const table = new Map<number, Listener[]>();
  for (const listener of listeners) {
    const key = keyOf(listener.interfaceIndex, listener.virtualRouterId);
    const others = table.get(key);
    if (others === undefined) table.set(key, [listener]);
    else others.push(listener);
  }
  return (interfaceIndex, datagram) => {
    const found = bestOf(table.get(keyOf(interfaceIndex, virtualRouterId(datagram))) ?? [], datagram);
    return found === undefined
      ? { kind: 'nobody', reason: whyNobody(datagram) }
      : { kind: 'instance', instance: found.instance };
  };
}

/** From where it stands in a whole packet; 0, which nobody listens to, if the datagram does not reach so far. */
const virtualRouterId = (datagram: Uint8Array): number => datagram[((datagram[0] ?? 0) & 0x0f) * 4 + 1] ?? 0;

function whyNobody(datagram: Uint8Array): DropReason {
  const packet = decodeIpv4(datagram);
  if (!packet.ok) return packet.error;
  return packet.value.payload.length < 2 ? 'truncated' : 'unknown-vrid';
}

const keyOf = (interfaceIndex: number, virtualRouterId: number): number =>
  interfaceIndex * 256 + virtualRouterId;

function bestOf(candidates: readonly Listener[], datagram: Uint8Array): Listener | undefined {
  let best = candidates[0];
  if (candidates.length < 2) return best;
  const packet = decodeIpv4(datagram);
  if (!packet.ok) return best;
  const multicast = isMulticast(packet.value.destination);
  const fitness = (listener: Listener): number => fitnessFor(listener, packet.value, multicast);
  for (const candidate of candidates) {
    if (best === undefined || fitness(candidate) > fitness(best)) best = candidate;
  }
  return best;
}

/** Multicast or unicast as sent weighs most, then the very destination, then the sender. */
function fitnessFor(listener: Listener, { source, destination }: Ipv4Packet, multicast: boolean): number {
  const sameKind = multicast === (listener.group !== undefined);
  const destined = destination === (listener.group ?? listener.source);
  return (sameKind ? 4 : 0) + (destined ? 2 : 0) + (listener.peers.includes(source) ? 1 : 0);
}
