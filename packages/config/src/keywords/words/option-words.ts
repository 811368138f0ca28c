import { ipAddress } from '../../arguments/address.ts';
import { timeoutLimits } from '../../arguments/lvs-timeouts.ts';
import { secondsBetween, wholeNumber } from '../../arguments/number.ts';
import { choice, nothing, word } from '../../arguments/simple.ts';
import { syncDaemonLimits } from '../../arguments/sync-daemon.ts';
import { keyword, later } from '../row.ts';

const core = { owner: 'core' } as const;
const checker = { owner: 'checker' } as const;
const first = { repeat: 'first-wins' } as const;
const timeout = secondsBetween(timeoutLimits.low, timeoutLimits.high, { places: 0, strict: true });

/** Options of `lvs_timeouts`. */
export const lvsTimeoutWords = {
  tcp: keyword(timeout, 'How long an idle TCP connection is remembered.', checker),
  tcpfin: keyword(timeout, 'How long a TCP connection is remembered after its end.', checker),
  udp: keyword(timeout, 'How long an idle UDP association is remembered.', checker),
} as const;

const { id, maxlen, port, ttl } = syncDaemonLimits;

/** Options of `lvs_sync_daemon`. */
export const syncDaemonWords = {
  inst: keyword(word({ syntax: 'VRRP_INSTANCE' }), 'The instance whose state decides the role.', checker),
  id: keyword(
    wholeNumber(id.low, id.high, { strict: true, missing: 'ignored' }),
    'The number both sides share.',
    {
      ...checker,
      default: 'VRID or 0',
    },
  ),
  maxlen: keyword(
    wholeNumber(maxlen.low, maxlen.high, { strict: true, syntax: 'BYTES', missing: 'ignored' }),
    'The longest message.',
    { ...checker, default: 'kernel default' },
  ),
  port: keyword(
    wholeNumber(port.low, port.high, { strict: true, syntax: 'PORT', missing: 'ignored' }),
    'The UDP port.',
    { ...checker, default: 'kernel default' },
  ),
  ttl: keyword(
    wholeNumber(ttl.low, ttl.high, { strict: true, missing: 'ignored' }),
    'The time to live of messages.',
    {
      ...checker,
      default: 'kernel default',
    },
  ),
  group: keyword(ipAddress({ multicast: true }), 'The group that messages go to.', {
    ...checker,
    default: 'kernel default',
  }),
} as const;

const switched = { ...core, default: 'off' } as const;

/** Words of `include_check`, each with + or - before it or alone. */
export const includeCheckWords = {
  read: keyword(nothing, 'A file that cannot be read is a mistake.', switched),
  match: keyword(nothing, 'A plain name that matches nothing is a mistake.', switched),
  wildcard_match: keyword(nothing, 'A pattern that matches nothing is a mistake.', switched),
  brace_match: keyword(nothing, 'A missing alternative of a brace list is a mistake.', switched),
} as const;

const automatic = { default: 'automatic' } as const;

/** Options of an entry of `linkbeat_interfaces`. */
export const linkbeatWords = {
  MII: later(nothing, 'Asks for the link by MII registers.', automatic),
  ETHTOOL: later(nothing, 'Asks for the link by ethtool.', automatic),
  IOCTL: later(nothing, 'Asks for the flags of the interface.', automatic),
} as const;

/** Options of `use_vmac`. */
export const vmacWords = {
  name: later(word({ syntax: 'INTERFACE', longest: 15 }), 'What the interface is called.', first),
  group: later(word({ syntax: 'GROUP' }), 'The group of interfaces that it belongs to.', first),
  netlink_notify_msg: later(nothing, 'Tells the kernel of the new link by a message.', first),
  MAC: later(word({ syntax: 'MAC' }), 'Its address: five or six octets in hexadecimal digits.', first),
} as const;

/** Options of `use_ipvlan`. */
export const ipvlanWords = {
  bridge: later(nothing, 'The interfaces of one device reach each other.', { ...first, default: 'bridge' }),
  private: later(nothing, 'The interfaces of one device do not reach each other.', first),
  vepa: later(nothing, 'The switch outside connects the interfaces of one device.', first),
  group: later(word({ syntax: 'GROUP' }), 'The group of interfaces that it belongs to.', first),
  name: later(word({ syntax: 'INTERFACE', longest: 15 }), 'What the interface is called.', first),
} as const;

/** Options of `init_file`. */
export const initFileWords = {
  overwrite: later(nothing, 'The file is written even if it is there.', { default: 'off' }),
} as const;

/** Options behind TUN, of `lvs_method` and the like. */
export const tunnelWords = {
  type: keyword(choice(['ipip', 'gue', 'gre']), 'The kind of tunnel.', {
    ...checker,
    property: 'forwarding',
  }),
  port: keyword(wholeNumber(1, 65_535, { strict: true }), 'The port of a gue tunnel.', {
    ...checker,
    property: 'forwarding',
  }),
  nocsum: keyword(nothing, 'Packets in the tunnel have no checksum.', { ...checker, property: 'forwarding' }),
  csum: keyword(nothing, 'Packets in the tunnel have a checksum.', { ...checker, property: 'forwarding' }),
  remcsum: keyword(nothing, 'The far end computes the checksum.', { ...checker, property: 'forwarding' }),
} as const;

/** Options behind a weight that may count the other way round. */
export const reverseWords = {
  reverse: later(nothing, 'The weight counts the other way round.', { ...checker, default: 'off' }),
  noreverse: later(nothing, 'The weight counts as it stands, whatever the tracked object says.', checker),
} as const;

/** What the words behind `virtual_server` mean. */
export const serviceWords = {
  fwmark: keyword(wholeNumber(0, 2 ** 32 - 1), 'Packets with this firewall mark.', {
    ...checker,
    repeat: 'accumulates',
    property: 'services',
  }),
  group: keyword(word(), 'Everything that a virtual_server_group names.', {
    ...checker,
    repeat: 'accumulates',
    property: 'services',
  }),
} as const;

const familyOption = { ...checker, default: 'family derived', property: 'services' } as const;

/** Lines of a `virtual_server_group`. */
export const groupLineWords = {
  '<address>': keyword(
    word({ syntax: 'ADDRESS[/LENGTH|-LAST|-ADDRESS] [PORT]' }),
    'An address, a network or a range of addresses, with a port.',
    { ...checker, repeat: 'accumulates', default: 'port 0', property: 'services' },
  ),
  fwmark: keyword(wholeNumber(0, 2 ** 32 - 1), 'Packets with this firewall mark.', {
    ...checker,
    repeat: 'accumulates',
    property: 'services',
    words: {
      inet: keyword(nothing, 'The mark is for IPv4.', familyOption),
      inet6: keyword(nothing, 'The mark is for IPv6.', familyOption),
    },
  }),
} as const;
