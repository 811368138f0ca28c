import type { VirtualAddress } from '@holdfast/config';
import { familyOf } from '@holdfast/kit';

/** keepalived's printable form of an address: `10.0.0.9/24 dev eth0 scope global set`. */
export function printableAddress(a: VirtualAddress, isSet: boolean): string {
  const host = a.prefixLength === (familyOf(a.address) === 4 ? 32 : 128);
  return [
    `${a.address}${host ? '' : `/${a.prefixLength}`}`,
    ...(a.broadcast === undefined ? [] : [`brd ${a.broadcast}`]),
    `dev ${a.interface}`,
    `scope ${scopes[a.scope] ?? a.scope}`,
    ...(a.label === undefined ? [] : [`label ${a.label}`]),
    ...(a.peer === undefined ? [] : [`peer ${a.peer.address}/${a.peer.prefixLength}`]),
    ...(a.noPrefixRoute ? ['noprefixroute'] : []),
    ...(a.noTrack ? ['no_track'] : []),
    ...(isSet ? ['set'] : []),
  ].join(' ');
}

/** rtnetlink(7) scopes by the names of ip(8). */
const scopes: Readonly<Record<number, string>> = {
  0: 'global',
  200: 'site',
  253: 'link',
  254: 'host',
  255: 'nowhere',
};
