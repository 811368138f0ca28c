import type { VirtualAddress, VrrpInstance } from '@holdfast/config';
import type { IpAddress } from '@holdfast/kit';
import type { AddressRequest } from '@holdfast/netlink';
import { addressProtocol } from '../address-protocol.ts';
import { addressKey } from '../logic/addresses.ts';
import { advertDatagrams, nextIdentification } from '../logic/transmit.ts';
import type { Effect, InstanceName } from '../logic/types.ts';
import { endpointOf } from './endpoints.ts';
import type { GarpPacer } from './garp-pacer.ts';
import type { Machine } from './machine.ts';
import type { PortFailure, Ports, Wire, WireAdvert } from './ports.ts';

type WorldEffect = Extract<
  Effect,
  { kind: 'send-advert' | 'add-addresses' | 'remove-addresses' | 'announce' }
>;

/** What happened to effects that the world refused. */
export interface EffectListener {
  onAddressFailed(instance: InstanceName, address: VirtualAddress, error: string, adding: boolean): void;
  /** Adverts could not be sent. */
  onSendFailed(failure: PortFailure): void;
}

export interface EffectQueue {
  /** @param source where the advert comes from; without one nothing can be sent */
  add(config: VrrpInstance, source: IpAddress | undefined, effect: WorldEffect): void;
  /** Takes addresses away that belong to no instance of the configuration any more. */
  withdraw(name: InstanceName, addresses: readonly VirtualAddress[]): void;
  /**
   * Performs the turn: all adverts in one go, then addresses and gratuitous ARPs in their order. The kernel carries a
   * request out while it is being sent, so that an address is there before it is announced.
   * @param kept the keys of addresses that nobody's removal may take away; asked for once, and only if one is to go
   */
  flush(kept: () => ReadonlySet<string>): void;
  /** True once for each removal of ours: the kernel's report of it is no news. */
  wasOurRemoval(interfaceName: string, address: IpAddress, prefixLength: number): boolean;
}

const noSuchInterface = 'ENODEV';

export function openEffectQueue(
  ports: Pick<Ports, 'routes'> & { readonly wire: Wire },
  machine: Machine,
  garps: Pick<GarpPacer, 'announce' | 'forget'>,
  listener: EffectListener,
): EffectQueue {
  let adverts: WireAdvert[] = [];
  let others: { readonly name: InstanceName; readonly effect: WorldEffect }[] = [];
  const identifications = new Map<InstanceName, number>();
  /** Removals of addresses that were there: the kernel will report each once. */
  const removing = new Map<string, number>();
  const installed = new Set<string>();

  const queueAdvert = (config: VrrpInstance, source: IpAddress | undefined, priority: number): void => {
    const endpoint = endpointOf(config, machine);
    // An interface that is down takes nothing: the goodbye of a master whose link went down is not even tried.
    const isUp = machine.link(config.interface)?.adminUp === true;
    if (endpoint === undefined || source === undefined || !isUp) return;
    const identification = nextIdentification(identifications.get(config.name) ?? 0);
    identifications.set(config.name, identification);
    for (const datagram of advertDatagrams(config, source, priority, identification)) {
      adverts.push({ endpoint, ...datagram });
    }
  };
  const sendAdverts = (): void => {
    if (adverts.length === 0) return;
    const batch = adverts;
    adverts = [];
    for (const failure of ports.wire.send(batch)) listener.onSendFailed(failure);
  };
  const change = (name: InstanceName, addresses: readonly VirtualAddress[], adding: boolean): void => {
    const known = addresses.flatMap((address) => {
      const link = machine.link(address.interface);
      return link === undefined ? [] : [{ address, request: requestFor(address, link.index) }];
    });
    if (known.length === 0) return;
    const awaited = known.map(({ address }) => note(address, adding));
    const requests = known.map(({ request }) => request);
    const asked = adding ? ports.routes.addAddresses(requests) : ports.routes.deleteAddresses(requests);
    const report = (code: string, at: number): void => {
      const address = known[at]?.address;
      if (address !== undefined) listener.onAddressFailed(name, address, code, adding);
    };
    asked.then(
      (results) => {
        for (const [at, result] of results.entries()) {
          if (result.ok) continue;
          // What was not removed will not be reported as gone; the next such report is somebody else's doing.
          const key = awaited[at];
          if (key !== undefined) takeRemoval(key);
          // With its interface the address has gone, too.
          if (!adding && result.error.code === noSuchInterface) continue;
          report(result.error.code, at);
        }
      },
      (error: unknown) => {
        for (const at of known.keys()) report(String(error), at);
      },
    );
  };
  /** @returns the key of the report to come, where this removal has one */
  const note = (address: VirtualAddress, adding: boolean): string | undefined => {
    const key = reported(address.interface, address.address, address.prefixLength);
    if (adding) {
      installed.add(key);
      return undefined;
    }
    const wasThere =
      installed.delete(key) || machine.holds(address.interface, address.address, address.prefixLength);
    if (!wasThere) return undefined;
    removing.set(key, (removing.get(key) ?? 0) + 1);
    return key;
  };
  const takeRemoval = (key: string): boolean => {
    const left = removing.get(key) ?? 0;
    if (left > 1) removing.set(key, left - 1);
    else removing.delete(key);
    return left > 0;
  };
  return {
    add(config, source, effect) {
      if (effect.kind === 'send-advert') queueAdvert(config, source, effect.priority);
      else others.push({ name: config.name, effect });
    },
    withdraw(name, addresses) {
      others.push({ name, effect: { kind: 'remove-addresses', addresses } });
    },
    flush(kept) {
      sendAdverts();
      const queue = others;
      others = [];
      const staying = queue.some(({ effect }) => effect.kind === 'remove-addresses')
        ? kept()
        : new Set<string>();
      for (const { name, effect } of queue) {
        if (effect.kind === 'add-addresses') change(name, effect.addresses, true);
        if (effect.kind === 'announce') garps.announce(effect.addresses, effect.repeat);
        if (effect.kind === 'remove-addresses') {
          garps.forget(effect.addresses);
          change(
            name,
            effect.addresses.filter((a) => !staying.has(addressKey(a))),
            false,
          );
        }
      }
    },
    wasOurRemoval(interfaceName, address, prefixLength) {
      const key = reported(interfaceName, address, prefixLength);
      const wasOurs = takeRemoval(key);
      // Somebody else took it: when we remove it now it is not there, and no report will come.
      if (!wasOurs) installed.delete(key);
      return wasOurs;
    },
  };
}

const reported = (name: string, address: IpAddress, prefixLength: number): string =>
  `${name} ${address}/${prefixLength}`;

function requestFor(a: VirtualAddress, index: number): AddressRequest {
  return {
    index,
    address: a.address,
    prefixLength: a.prefixLength,
    scope: a.scope,
    protocol: addressProtocol,
    ...(a.label === undefined ? {} : { label: a.label }),
    ...(a.broadcast === undefined ? {} : { broadcast: a.broadcast }),
    ...(a.peer === undefined ? {} : { peer: a.peer }),
    ...(a.noPrefixRoute ? { noPrefixRoute: true } : {}),
  };
}
