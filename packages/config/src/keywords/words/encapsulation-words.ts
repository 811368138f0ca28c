import { ipAddress } from '../../arguments/address.ts';
import { namedNumber } from '../../arguments/named-number.ts';
import { wholeNumber } from '../../arguments/number.ts';
import { readOptionLine } from '../../arguments/option-line.ts';
import { missing, plainly, refused } from '../../arguments/reading.ts';
import { wideNumber, wordsOf } from '../../arguments/route-options.ts';
import { anyWords, word } from '../../arguments/simple.ts';
import { type Argument, later, type Reading, type Rows } from '../row.ts';

const noNames: ReadonlyMap<string, number> = new Map();

/** `encap ip`: an IPv4 tunnel made for the route. */
const ipWords = {
  id: later(wideNumber, 'The number of the tunnel.'),
  dst: later(ipAddress({ family: 4 }), 'The far end of the tunnel.'),
  src: later(ipAddress({ family: 4 }), 'The near end of the tunnel.'),
  tos: later(namedNumber('TOS', 255, noNames), 'The type of service of the outer header.'),
  ttl: later(wholeNumber(0, 255), 'The time to live of the outer header.'),
  flags: later(wholeNumber(0, 65_535), 'The flags of the tunnel.'),
} as const;

/** `encap ip6`: an IPv6 tunnel made for the route. */
const ip6Words = {
  id: later(wideNumber, 'The number of the tunnel.'),
  dst: later(ipAddress({ family: 6 }), 'The far end of the tunnel.'),
  src: later(ipAddress({ family: 6 }), 'The near end of the tunnel.'),
  tc: later(namedNumber('TOS', 255, noNames), 'The traffic class of the outer header.'),
  hoplimit: later(wholeNumber(0, 255), 'The hop limit of the outer header.'),
  flags: later(wholeNumber(0, 65_535), 'The flags of the tunnel.'),
} as const;

const mostLabel = 2 ** 20 - 1;

const labels: Argument<readonly number[]> = {
  syntax: 'LABEL[/LABEL...]',
  range: `labels from 0 to ${mostLabel}`,
  read: ({ words: [keyword, given] }) => {
    if (given === undefined) return missing(keyword.text, 'LABEL[/LABEL...]');
    const values = given.text
      .split('/')
      .map((label) => (/^(?:0x)?[0-9a-f]+$/i.test(label) ? Number(label) : -1));
    if (values.every((value) => value >= 0 && value <= mostLabel)) return plainly(values);
    const message = `"${given.text}" is no list of MPLS labels`;
    return refused({ code: 'not-a-number', message, word: 1, remedy: 'write numbers with / between them' });
  },
};

const tunnel = (rows: Rows, syntax: string): Argument<true> => ({
  syntax,
  takes: wordsOf(rows, 0),
  read: (statement) => {
    const own = wordsOf(rows, 0)(statement.words.slice(1));
    const [first, ...others] = statement.words;
    const words = { ...statement, words: [first, ...others.slice(0, own)] as const };
    const line = { rows, dropped: 'the route is left out', what: 'option of a tunnel' };
    const { value, problems } = readOptionLine(words, 1, line);
    if (value === undefined) return { value: undefined, problems };
    if (value.children.some(({ row }) => row === rows['id'] || row === rows['dst'])) return plainly(true);
    const message = `a tunnel of kind ${first.text} needs id or dst`;
    return refused({ code: 'missing-option', message, word: 0, remedy: `write: ${syntax}` });
  },
});

/** The kinds of encapsulation, each with its own options. */
export const encapsulationWords = {
  ip: later(
    tunnel(ipWords, 'ip [id N] [dst IPv4] [src IPv4] [tos TOS] [ttl N] [flags N]'),
    'An IPv4 tunnel.',
    {
      words: ipWords,
    },
  ),
  ip6: later(
    tunnel(ip6Words, 'ip6 [id N] [dst IPv6] [src IPv6] [tc TOS] [hoplimit N] [flags N]'),
    'An IPv6 tunnel.',
    { words: ip6Words },
  ),
  mpls: later(labels, 'MPLS labels that are put before the packet.'),
  ila: later(word({ syntax: 'LOCATOR' }), 'A locator of identifier-locator addressing.'),
} as const;

const rows: Rows = encapsulationWords;
const taken = (following: Parameters<NonNullable<Argument<true>['takes']>>[0]): number => {
  const [first] = following;
  const row = first === undefined || !Object.hasOwn(rows, first.text) ? undefined : rows[first.text];
  if (row === undefined) return Math.min(1, following.length);
  return 1 + (row.argument.takes?.(following.slice(1)) ?? Math.min(1, following.length - 1));
};

const encapsulationSyntax = anyWords('ip|ip6|mpls|ila ...').syntax;

/** `encap KIND OPTION ...` */
export const encapsulation: Argument<true> = {
  syntax: encapsulationSyntax,
  range: Object.keys(encapsulationWords).join(', '),
  outside: 'the route is left out',
  takes: taken,
  read: (statement): Reading<true> => {
    const [keyword, kind, ...others] = statement.words;
    if (kind === undefined) return missing(keyword.text, encapsulationSyntax);
    const row = Object.hasOwn(rows, kind.text) ? rows[kind.text] : undefined;
    if (row === undefined) {
      const message = `there is no encapsulation ${kind.text}`;
      const remedy = `write one of ${Object.keys(rows).join(', ')}`;
      return refused({ code: 'unknown-value', message, word: 1, remedy });
    }
    const { value, problems } = row.argument.read({ ...statement, words: [kind, ...others] });
    const moved = problems.map((problem) => ({ ...problem, word: problem.word + 1 }));
    return { value: value === undefined ? undefined : true, problems: moved };
  },
};
