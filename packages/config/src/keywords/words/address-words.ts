import { preferredLifetime } from '../../arguments/lifetime.ts';
import { wholeNumber } from '../../arguments/number.ts';
import { nothing, word } from '../../arguments/simple.ts';
import { keyword, later, type Rows } from '../row.ts';

const device = word({ syntax: 'INTERFACE', longest: 15 });
const first = { repeat: 'first-wins' } as const;

/** Options of an address: they decide what the address is like, wherever it stands. */
const commonWords = {
  dev: keyword(device, 'The interface that holds the address.', {
    ...first,
    default: 'instance interface (static: default_interface)',
  }),
  scope: keyword(word({ syntax: 'SCOPE' }), 'How far the address counts, for IPv4.', {
    default: 'global (0)',
  }),
  broadcast: keyword(
    word({ syntax: 'ADDRESS|+|-' }),
    'The broadcast address; + and - compute it from the prefix.',
  ),
  brd: keyword(word({ syntax: 'ADDRESS|+|-' }), 'As broadcast.'),
  label: keyword(word({ syntax: 'LABEL', longest: 15 }), 'The label of the address, for IPv4.'),
  peer: keyword(
    word({ syntax: 'ADDRESS[/LENGTH]' }),
    'The address at the other end of a link between two.',
    first,
  ),
  noprefixroute: keyword(nothing, 'The kernel makes no route to the network of the address.', {
    default: 'off',
  }),
  no_track: keyword(nothing, 'Nobody minds when somebody deletes it.', { default: 'off' }),
} as const;

const laterWords = {
  home: later(nothing, 'The home address of mobile IPv6.', { default: 'off' }),
  '-nodad': later(nothing, 'The kernel looks for duplicates of the address after all.', {
    default: 'duplicate address detection off for VIPs',
  }),
  mngtmpaddr: later(nothing, 'The kernel makes temporary addresses of it.', { default: 'off' }),
  autojoin: later(nothing, 'The kernel joins the group of a multicast address.', { default: 'off' }),
  preferred_lft: later(preferredLifetime, 'How long the address is preferred for new connections.', {
    default: 'IPv6 /128: 0 (deprecated), other: forever',
  }),
} as const;

/** Options of an entry of `virtual_ipaddress` and `virtual_ipaddress_excluded`. */
export const addressWords = {
  ...commonWords,
  ...laterWords,
  use_vmac: later(nothing, 'The address lives on a virtual interface of its own.', { default: 'off' }),
} as const;

const notYet = (rows: Rows): Rows =>
  Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, { ...row, inEffect: false }]));

/** Options of an entry of `static_ipaddress`. */
export const staticAddressWords: Rows = notYet({
  ...commonWords,
  ...laterWords,
  track_group: later(
    word({ syntax: 'GROUP' }),
    'The track_group whose instances watch the interface.',
    first,
  ),
});

/** Options of an entry of `unicast_peer`. */
export const peerWords = {
  min_ttl: keyword(wholeNumber(0, 255, { strict: true }), 'Adverts with a lower time to live are dropped.', {
    default: '0',
  }),
  max_ttl: keyword(wholeNumber(0, 255, { strict: true }), 'Adverts with a higher time to live are dropped.', {
    default: '255',
  }),
} as const;
