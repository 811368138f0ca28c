import type { GlobalConfig, VirtualAddress } from '@holdfast/config';
import { type Clock, type IpAddress, type Micros, micros, ok, seconds } from '@holdfast/kit';
import type { SavedInstance } from '@holdfast/vrrp';
import {
  type AddressRequest,
  type Link,
  type LinkAddress,
  type Machine,
  openOutbox,
  type RouteNetlink,
  type RouterPorts,
} from '@holdfast/vrrp/router';

/** What the ports of a simulated router come to. */
export interface Deeds {
  send(destination: IpAddress, packet: Uint8Array): void;
  drain(): void;
  change(
    kind: 'add-addresses' | 'remove-addresses',
    requests: readonly AddressRequest[],
  ): ReturnType<RouteNetlink['addAddresses']>;
  /** @param at when the timer is to expire; `undefined`: not at all */
  arm(at: Micros | undefined): void;
}

export function simulatedPorts(clock: Clock, deeds: Deeds): RouterPorts {
  return {
    clock,
    garp: { announce: () => [], close: () => undefined },
    routes: {
      links: () => Promise.resolve(ok([LINK])),
      addresses: () => Promise.resolve(ok([])),
      addAddresses: (requests) => deeds.change('add-addresses', requests),
      deleteAddresses: (requests) => deeds.change('remove-addresses', requests),
      watch: () => undefined,
      close: () => undefined,
    },
    timer: {
      arm: (at) => {
        deeds.arm(at);
      },
      disarm: () => {
        deeds.arm(undefined);
      },
      close: () => undefined,
    },
    wire: {
      open: () => undefined,
      close: () => undefined,
      send: (adverts) => {
        for (const { destination, bytes } of adverts) deeds.send(destination, bytes);
        return [];
      },
      drain: () => {
        deeds.drain();
      },
      closeAll: () => undefined,
    },
  };
}

/** The worker's facts, of which core keeps what it needs should the worker die. */
export function simulatedOutbox(report: (saved: SavedInstance) => void): ReturnType<typeof openOutbox> {
  return openOutbox({
    send: (message, onWritten) => {
      const facts = message.kind === 'turn' ? message.facts : [];
      for (const fact of facts) if (fact.kind === 'saved') report(fact.instance);
      onWritten();
    },
  });
}

/** What the kernel has reported of the interface. */
export interface Interface {
  readonly up: boolean;
  readonly own: IpAddress | undefined;
}

/** Links and addresses as the worker knows them. @param held what the kernel holds besides the own address */
export function simulatedMachine(held: () => readonly VirtualAddress[], known: () => Interface): Machine {
  const link = (): Link => ({ ...LINK, running: known().up });
  const addresses = (): readonly LinkAddress[] => {
    const { own } = known();
    return [...(own === undefined ? [] : [{ ...PLAIN, address: own }]), ...held().map(linkAddressOf)];
  };
  return {
    link: (name) => (name === LINK.name ? link() : undefined),
    linkAt: (index) => (index === LINK.index ? link() : undefined),
    interfaceState: (name) => (name !== LINK.name ? 'missing' : known().up ? 'up' : 'down'),
    addressesOf: (name) => (name === LINK.name ? addresses() : []),
    holds: (_name, address, prefixLength) =>
      addresses().some((each) => each.address === address && each.prefixLength === prefixLength),
  };
}

export const LINK: Link = {
  index: 2,
  name: 'eth0',
  adminUp: true,
  running: true,
  loopback: false,
  multicast: true,
  noArp: false,
  mtu: 1500,
  mac: Uint8Array.of(2, 0, 0, 0, 0, 2),
};
const PLAIN = {
  index: 2,
  prefixLength: 24,
  scope: 0,
  secondary: false,
  tentative: false,
  protocol: 0,
} as const;

export const linkAddressOf = ({ address, prefixLength }: VirtualAddress): LinkAddress => ({
  ...PLAIN,
  address,
  prefixLength,
  protocol: 18,
});

export const virtualAddressOf = ({ address, prefixLength }: AddressRequest): VirtualAddress => ({
  address,
  prefixLength,
  interface: LINK.name,
  scope: 0,
  label: undefined,
  broadcast: undefined,
  peer: undefined,
  noPrefixRoute: false,
  noTrack: false,
});

export const GLOBAL: GlobalConfig = {
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
