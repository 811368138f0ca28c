import { addressBytes, addressFromBytes, familyOf, type IpAddress, parseAddress } from '@holdfast/kit';
import { suggest } from '../diagnostics/suggest.ts';
import type { Argument, Problem, Reading } from '../keywords/row.ts';
import type { Statement } from '../language/statement.ts';
import { badAddress } from './address.ts';
import { isPlaceholder, placeholder, refused } from './reading.ts';

/** An entry of `virtual_ipaddress`; what the entry does not say is `undefined`. */
export interface AddressEntry {
  readonly address: IpAddress;
  readonly prefixLength: number;
  /** Written in the file: without it the address is a host address. */
  readonly prefixWritten: boolean;
  readonly dev: string | undefined;
  readonly scope: number;
  readonly label: string | undefined;
  readonly broadcast: IpAddress | undefined;
  readonly peer: { readonly address: IpAddress; readonly prefixLength: number } | undefined;
  readonly noPrefixRoute: boolean;
  readonly noTrack: boolean;
}

type Draft = { -readonly [K in keyof AddressEntry]: AddressEntry[K] };

const scopes: ReadonlyMap<string, number> = new Map([
  ['global', 0],
  ['site', 200],
  ['link', 253],
  ['host', 254],
  ['nowhere', 255],
]);

/** The entries of `static_ipaddress` may name a group, too; the instances of `virtual_ipaddress` are their own. */
export const staticAddressEntry: Argument<AddressEntry> = {
  syntax: 'ADDRESS[/PREFIX] [dev INTERFACE] [scope SCOPE] [brd ADDRESS] [label LABEL] [track_group GROUP]',
  read: (statement) => {
    const at = statement.words.findIndex(({ text }) => text === 'track_group');
    const [first, ...others] = statement.words;
    if (at < 1 || statement.words[at + 1] === undefined) return readAddressEntry(statement);
    return readAddressEntry({
      ...statement,
      words: [first, ...others.filter((_, index) => index + 1 !== at && index !== at)],
    });
  },
};

/** `ADDRESS[/PREFIX] [dev IF] [scope S] [brd A] [label L] [peer A] [noprefixroute] [no_track] ...` */
export const addressEntry: Argument<AddressEntry> = {
  syntax: 'ADDRESS[/PREFIX] [dev INTERFACE] [scope SCOPE] [brd ADDRESS] [label LABEL] [no_track]',
  read: readAddressEntry,
};

function readAddressEntry({ words }: Statement): Reading<AddressEntry> {
  const [first] = words;
  const parsed = withPrefix(first.text);
  if (parsed === undefined) return refused({ ...badAddress(first.text, 0), used: 'the address is left out' });
  const problems: Problem[] = [];
  if (parsed.wrongPrefix !== undefined) problems.push(prefixProblem(parsed.wrongPrefix, parsed));
  const draft: Draft = {
    address: parsed.address,
    prefixLength: parsed.prefixLength,
    prefixWritten: parsed.written,
    dev: undefined,
    scope: 0,
    label: undefined,
    broadcast: undefined,
    peer: undefined,
    noPrefixRoute: false,
    noTrack: false,
  };
  for (let index = 1; index < words.length; ) {
    const text = words[index]?.text ?? '';
    const option = options.get(text);
    if (option === undefined) {
      const meant = suggest(text, options.keys());
      problems.push(unknownOption(text, meant, index));
      // The value of a misspelt option is no second mistake.
      index += options.get(meant ?? '')?.takesValue === true ? 2 : 1;
      continue;
    }
    const value = words[index + 1]?.text;
    if (option.takesValue && value === undefined)
      return refused(withoutValue(words[index]?.text ?? '', index));
    const problem = option.apply(draft, value ?? '', index + 1);
    if (problem?.dropsAddress === true) return refused({ ...problem, used: 'the address is left out' });
    if (problem !== undefined) problems.push(problem);
    index += option.takesValue ? 2 : 1;
  }
  const between = pointToPoint(draft);
  if (between !== undefined) problems.push(between);
  if (draft.peer !== undefined && parsed.written) problems.push(prefixWithPeer(draft));
  return { value: between === undefined ? draft : { ...draft, broadcast: undefined }, problems };
}

interface PrefixedAddress {
  readonly address: IpAddress;
  readonly prefixLength: number;
  readonly written: boolean;
  readonly wrongPrefix: string | undefined;
}

function withPrefix(text: string): PrefixedAddress | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const longest = familyOf(address) === 4 ? 32 : 128;
  if (slash < 0) return { address, prefixLength: longest, written: false, wrongPrefix: undefined };
  const prefix = text.slice(slash + 1);
  const length = /^\+?\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (length >= 0 && length <= longest)
    return { address, prefixLength: length, written: true, wrongPrefix: undefined };
  return { address, prefixLength: longest, written: true, wrongPrefix: prefix };
}

const prefixProblem = (prefix: string, { address, prefixLength }: PrefixedAddress): Problem => ({
  code: 'bad-prefix',
  message: `the prefix length "${prefix}" of ${address} is outside 0 to ${prefixLength}`,
  word: 0,
  used: `/${prefixLength} is used`,
  remedy: `write a prefix length from 0 to ${prefixLength}`,
});

interface Option {
  readonly takesValue: boolean;
  /** Writes into the draft; returns what is wrong. */
  readonly apply: (draft: Draft, value: string, index: number) => OptionProblem | undefined;
}

type OptionProblem = Problem & { readonly dropsAddress?: boolean };

/** An option whose effect comes with IPv6 or virtual MACs: legal, and without meaning for the rest. */
const accepted: Option = { takesValue: false, apply: () => undefined };
const broadcastOption: Option = { takesValue: true, apply: setBroadcast };

const options: ReadonlyMap<string, Option> = new Map<string, Option>([
  ['dev', { takesValue: true, apply: setDevice }],
  ['scope', { takesValue: true, apply: setScope }],
  ['broadcast', broadcastOption],
  ['brd', broadcastOption],
  ['label', { takesValue: true, apply: setLabel }],
  ['peer', { takesValue: true, apply: setPeer }],
  ['noprefixroute', { takesValue: false, apply: setFlag('noPrefixRoute') }],
  ['no_track', { takesValue: false, apply: setFlag('noTrack') }],
  ['home', accepted],
  ['-nodad', accepted],
  ['mngtmpaddr', accepted],
  ['autojoin', accepted],
  ['use_vmac', accepted],
  ['preferred_lft', { takesValue: true, apply: checkLifetime }],
]);

function setFlag(flag: 'noPrefixRoute' | 'noTrack'): Option['apply'] {
  return (draft) => {
    draft[flag] = true;
    return undefined;
  };
}

/** Read and not used yet. */
function checkLifetime(_: Draft, value: string, word: number): OptionProblem | undefined {
  if (value === 'forever' || (/^\d+$/.test(value) && Number(value) < 2 ** 32)) return undefined;
  const message = `"${value}" is no lifetime`;
  return {
    code: 'not-a-number',
    message,
    word,
    used: 'the usual lifetime',
    remedy: 'write seconds, or forever',
  };
}

function setDevice(draft: Draft, value: string, word: number): OptionProblem | undefined {
  if (isPlaceholder(value)) return { ...placeholder(value, word), dropsAddress: true };
  if (draft.dev !== undefined) {
    return {
      code: 'given-twice',
      message: `dev is given twice for ${draft.address}`,
      word,
      dropsAddress: true,
    };
  }
  draft.dev = value;
  return undefined;
}

function setScope(draft: Draft, value: string, word: number): OptionProblem | undefined {
  const scope =
    scopes.get(value) ?? (/^\d{1,3}$/.test(value) && Number(value) <= 255 ? Number(value) : undefined);
  if (scope === undefined || familyOf(draft.address) === 6) {
    const message = scope === undefined ? `there is no scope "${value}"` : 'an IPv6 address has no scope';
    const remedy = `write one of ${[...scopes.keys()].join(', ')}, or 0 to 255, for an IPv4 address`;
    return { code: 'unknown-scope', message, word, used: 'scope global is used', remedy };
  }
  draft.scope = scope;
  return undefined;
}

function setLabel(draft: Draft, value: string, word: number): OptionProblem | undefined {
  if (Buffer.byteLength(value) > 15) {
    const message = `the label "${value}" is longer than 15 bytes`;
    return { code: 'too-long', message, word, dropsAddress: true, remedy: 'write a shorter label' };
  }
  if (familyOf(draft.address) === 4) {
    draft.label = value;
    return undefined;
  }
  return {
    code: 'label-ipv6',
    message: 'an IPv6 address has no label',
    word,
    used: 'the address without a label',
  };
}

/** `+` sets the host bits of the network, `-` clears them. */
function setBroadcast(draft: Draft, value: string, word: number): OptionProblem | undefined {
  const computed = value === '+' || value === '-' ? hostBits(draft, value === '+') : parseAddress(value);
  if (computed === undefined || familyOf(computed) === 6 || familyOf(draft.address) === 6) {
    const message = `"${value}" is no broadcast address for ${draft.address}/${draft.prefixLength}`;
    const remedy = 'write an IPv4 address; + and - need a prefix length of 30 or less';
    return { code: 'bad-broadcast', message, word, dropsAddress: true, remedy };
  }
  draft.broadcast = computed;
  return undefined;
}

function hostBits({ address, prefixLength }: Draft, set: boolean): IpAddress | undefined {
  if (familyOf(address) === 6 || prefixLength > 30) return undefined;
  const bytes = addressBytes(address).map((byte, index) => {
    const networkBits = Math.min(8, Math.max(0, prefixLength - 8 * index));
    const host = 0xff >> networkBits;
    return set ? byte | host : byte & ~host;
  });
  return addressFromBytes(bytes);
}

function setPeer(draft: Draft, value: string, word: number): OptionProblem | undefined {
  const peer = withPrefix(value);
  if (peer === undefined || draft.peer !== undefined || familyOf(peer.address) !== familyOf(draft.address)) {
    const message = peer === undefined ? `"${value}" is not an IP address` : `the peer ${value} does not fit`;
    return { code: 'bad-peer', message, word, used: 'the address without a peer' };
  }
  draft.peer = { address: peer.address, prefixLength: peer.prefixLength };
  return undefined;
}

const prefixWithPeer = ({ address, prefixLength }: Draft): Problem => ({
  code: 'prefix-with-peer',
  message: `the prefix length stands behind the peer of ${address}, not behind the address`,
  word: 0,
  used: 'the address without it',
  remedy: `write ${address} peer ADDRESS/${prefixLength}`,
});

/** Between two ends nothing is broadcast. */
const pointToPoint = ({ address, broadcast, peer }: Draft): Problem | undefined =>
  broadcast === undefined || peer === undefined
    ? undefined
    : {
        code: 'broadcast-with-peer',
        message: `${address} has a peer and a broadcast address`,
        word: 0,
        used: 'the address without the broadcast address',
        remedy: 'remove one of the two',
      };

const unknownOption = (text: string, meant: string | undefined, word: number): Problem => ({
  code: 'unknown-option',
  message: `"${text}" is not an option of an address`,
  word,
  used: 'the word is ignored',
  remedy: remedyFor(text, meant),
});

function remedyFor(text: string, meant: string | undefined): string {
  if (withPrefix(text) !== undefined) return 'put each address on a line of its own';
  if (meant !== undefined) return `did you mean ${meant}?`;
  if (/^[a-z]+\d+(?:[.:]\d+)?$/.test(text)) return `an interface is written behind dev: dev ${text}`;
  return `options are ${[...options.keys()].join(', ')}`;
}

const withoutValue = (text: string, word: number): Problem => ({
  code: 'missing-argument',
  message: `${text} needs a value`,
  word,
  used: 'the address is left out',
  remedy: `write the value behind ${text}`,
});
