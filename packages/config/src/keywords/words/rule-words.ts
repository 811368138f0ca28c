import { namedNumber, numeral } from '../../arguments/named-number.ts';
import { network } from '../../arguments/network.ts';
import { wholeNumber } from '../../arguments/number.ts';
import { realms, wideNumber } from '../../arguments/route-options.ts';
import { ipProtocol, maskedMark, numberRange } from '../../arguments/rule-options.ts';
import { choice, nothing, word } from '../../arguments/simple.ts';
import { later } from '../row.ts';
import { tables, typesOfService } from './well-known-names.ts';

const unsigned = 2 ** 32 - 1;
const preference = numeral(0, unsigned);
const device = word({ syntax: 'INTERFACE', longest: 15 });
const side = network({ any: true });
const groups: ReadonlyMap<string, number> = new Map([['default', 0]]);
const table = namedNumber('TABLE', unsigned, tables);

/** Words that say what is done, without a word behind them. */
export const ruleActions = ['blackhole', 'unreachable', 'prohibit', 'nop'] as const;

/** Which packets a rule is for. */
const selectorWords = {
  inet: later(nothing, 'The rule is one of IPv4.', { default: 'derived' }),
  inet6: later(nothing, 'The rule is one of IPv6.', { default: 'derived' }),
  from: later(side, 'The network of the sources.', { default: 'any' }),
  to: later(side, 'The network of the destinations.', { default: 'any' }),
  not: later(nothing, 'The rule is for every packet that the others words do not describe.', {
    default: 'off',
  }),
  tos: later(namedNumber('TOS', 255, typesOfService), 'The type of service.', { default: '0' }),
  dsfield: later(namedNumber('TOS', 255, typesOfService), 'As tos.', { default: '0' }),
  fwmark: later(maskedMark, 'The firewall mark.'),
  dev: later(device, 'The interface that the packets came in by.'),
  iif: later(device, 'The interface that the packets came in by.'),
  oif: later(device, 'The interface that local sockets are bound to.'),
  'tunnel-id': later(wideNumber, 'The number of the tunnel that the packets came by.'),
  uidrange: later(numberRange(unsigned), 'The users that local sockets belong to.'),
  ipproto: later(ipProtocol, 'The protocol above IP.'),
  sport: later(numberRange(65_535), 'The source ports.'),
  dport: later(numberRange(65_535), 'The destination ports.'),
} as const;

/** What is done with them. */
const actionWords = {
  table: later(table, 'The routing table that is looked up.'),
  lookup: later(table, 'As table.'),
  goto: later(numeral(0, unsigned), 'Goes on with the rule of that preference.'),
  type: later(choice([...ruleActions]), 'The action, behind a word of its own.'),
  nop: later(nothing, 'Goes on with the next rule.'),
  blackhole: later(nothing, 'Drops the packets without a word.'),
  unreachable: later(nothing, 'Refuses the packets as unreachable.'),
  prohibit: later(nothing, 'Refuses the packets as prohibited.'),
  l3mdev: later(nothing, 'Looks up the table of the VRF device.', { default: 'off' }),
  realms: later(realms, 'The realms that a route found by the rule belongs to.'),
  suppress_prefixlength: later(
    wholeNumber(0, 2 ** 31 - 1),
    'Routes with a prefix as short as that do not count.',
  ),
  sup_pl: later(wholeNumber(0, 2 ** 31 - 1), 'As suppress_prefixlength.'),
  suppress_ifgroup: later(
    namedNumber('GROUP', unsigned, groups),
    'Routes by an interface of the group do not count.',
  ),
  sup_group: later(namedNumber('GROUP', unsigned, groups), 'As suppress_ifgroup.'),
} as const;

const placeWords = {
  preference: later(preference, 'The place of the rule among all rules; lower ones are looked at first.', {
    default: '16384 counting down per family, with an error message',
  }),
  order: later(preference, 'As preference.'),
  priority: later(preference, 'As preference.'),
  protocol: later(wholeNumber(0, 255), 'Who has made the rule.', { default: 'keepalived (18)' }),
  no_track: later(nothing, 'Nobody minds when somebody deletes it.', { default: 'off' }),
} as const;

/** Options of a line of `virtual_rules`. */
export const ruleWords = { ...selectorWords, ...actionWords, ...placeWords } as const;

/** Options of a line of `static_rules`. */
export const staticRuleWords = {
  ...ruleWords,
  track_group: later(word({ syntax: 'GROUP' }), 'The track_group whose instances watch the interface.', {
    repeat: 'first-wins',
  }),
} as const;
