import type { VirtualAddress, VrrpInstance } from '@holdfast/config';
import { toSeconds } from '@holdfast/kit';

/** What of an instance is held against the others, as text; a password is never shown. */
export const routerFacts: Readonly<Record<string, (instance: VrrpInstance) => string>> = {
  name: ({ name }) => name,
  virtual_router_id: ({ virtualRouterId }) => String(virtualRouterId),
  interface: (instance) => instance.interface,
  version: ({ version }) => String(version),
  state: ({ initialState }) => initialState,
  priority: ({ priority }) => String(priority),
  advert_int: ({ advertInterval }) => `${toSeconds(advertInterval)} s`,
  authentication: ({ authentication }) =>
    authentication.type === 'none' ? 'none' : `PASS, ${Buffer.byteLength(authentication.password)} bytes`,
  nopreempt: ({ nopreempt }) => (nopreempt ? 'yes' : 'no'),
  preempt_delay: ({ preemptDelay }) => `${toSeconds(preemptDelay)} s`,
  transport: ({ unicastPeers, multicastDestination }) =>
    unicastPeers.length > 0 ? 'to peers' : `to the group ${multicastDestination}`,
  source: ({ sourceAddress }) => sourceAddress ?? 'address of the interface',
  unicast_peer: ({ unicastPeers }) => listOf(unicastPeers.map(({ address }) => address)),
  virtual_ipaddress: ({ virtualAddresses }) => addressList(virtualAddresses),
  virtual_ipaddress_excluded: ({ excludedAddresses }) => addressList(excludedAddresses),
  track_script: ({ trackScripts }) =>
    listOf(trackScripts.map(({ name, weight }) => `${name} weight ${weight}`)),
  track_interface: ({ trackInterfaces }) =>
    listOf(trackInterfaces.map(({ name, weight }) => `${name} weight ${weight}`)),
};

/** What is advertised, whatever the order. */
export const addressList = (addresses: readonly VirtualAddress[]): string =>
  listOf(addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`));

const listOf = (values: readonly string[]): string =>
  values.length === 0 ? 'none' : values.toSorted().join(' ');
