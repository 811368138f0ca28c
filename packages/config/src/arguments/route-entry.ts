import { type Family, familyOf, type IpAddress } from '@holdfast/kit';
import { readValue } from '../build/read.ts';
import type { Argument, Problem, Reading, Row, Rows } from '../keywords/row.ts';
import { routeTypes } from '../keywords/words/route-arguments.ts';
import { routeWords as words } from '../keywords/words/route-words.ts';
import type { Statement } from '../language/statement.ts';
import { looksLikeNetwork, type Network } from './network.ts';
import { type OptionLine, readOptionLine } from './option-line.ts';
import { refused } from './reading.ts';

const dropped = 'the route is left out';

/** A line of `virtual_routes` or `static_routes`: a destination and options in any order. @param rows those that are legal there */
export const routeEntry = (rows: Rows): Argument<OptionLine> => ({
  syntax: '[TYPE] PREFIX [OPTION [VALUE]] ...',
  read: (statement) => judged(statement, readRoute(statement, rows)),
});

const readRoute = (statement: Statement, rows: Rows): Reading<OptionLine> =>
  readOptionLine(statement, 0, {
    rows,
    dropped,
    what: 'option of a route',
    positional: ({ text }) => {
      if (routeTypes.includes(text) || /^\d{1,3}$/.test(text)) return '<type>';
      return looksLikeNetwork(text) ? 'to' : undefined;
    },
  });

function judged(statement: Statement, { value, problems }: Reading<OptionLine>): Reading<OptionLine> {
  if (value === undefined) return { value, problems };
  const told = [...problems, ...deprecated(value)];
  if (!hasDestination(value)) {
    const remedy = 'write the destination first: default, or a network';
    return refused({
      code: 'missing-option',
      message: 'the route has no destination',
      word: 0,
      used: dropped,
      remedy,
    });
  }
  const family = mixedFamilies(value) ?? wrongFamily(value);
  if (family !== undefined) return refused({ ...family, used: dropped });
  if (isGivenAny(value, [words.dev, words.oif, words.no_track])) return { value, problems: told };
  return { value, problems: [...told, untracked(statement)] };
}

const isGivenAny = ({ children }: OptionLine, rows: readonly Row[]): boolean =>
  children.some(({ row }) => rows.includes(row));

const hasDestination = (route: OptionLine): boolean =>
  isGivenAny(route, [words.to, words['<type>'], words.default, words.any, words.all, words.default6]);

/** Words that keepalived complains about wherever they stand. */
const deprecated = ({ children }: OptionLine): readonly Problem[] =>
  children.flatMap(
    ({
      row,
      statement: {
        words: [word],
      },
    }) =>
      row.deprecated === undefined
        ? []
        : [
            {
              code: 'deprecated',
              severity: 'warning',
              message: `${word.text} is deprecated for routes`,
              word: 0,
              remedy: row.deprecated,
              keepalived: row.tolerated ? 'none' : 'reported',
            } satisfies Problem,
          ],
  );

function mixedFamilies(route: OptionLine): Problem | undefined {
  const families = new Set(familiesOf(route));
  if (families.size < 2) return undefined;
  const message = 'the route has addresses of both families';
  return { code: 'family-mixed', message, word: 0, remedy: 'write addresses of one family only' };
}

function familiesOf(route: OptionLine): readonly Family[] {
  const networks: readonly (Network | undefined)[] = [
    readValue(route, words.to),
    readValue(route, words['<type>']),
    readValue(route, words.from),
  ];
  const addresses: readonly (IpAddress | undefined)[] = [
    ...networks.map((found) => (found?.kind === 'network' ? found.address : undefined)),
    readValue(route, words.via),
    readValue(route, words.gw),
    readValue(route, words.src),
  ];
  const named: readonly Family[] = [
    ...(isGivenAny(route, [words.inet]) ? [4 as const] : []),
    ...(isGivenAny(route, [words.inet6, words.default6]) ? [6 as const] : []),
  ];
  return [...named, ...addresses.filter((address) => address !== undefined).map(familyOf)];
}

/** Options that one of the families lacks. */
function wrongFamily(route: OptionLine): Problem | undefined {
  const [family] = familiesOf(route);
  const wrong =
    family === 6
      ? route.children.find(({ row }) => row === words.realms)
      : route.children.find(({ row }) => row === words.from || row === words.expires || row === words.pref);
  if (wrong === undefined || family === undefined) return undefined;
  const message = `${wrong.statement.words[0].text} is for ${family === 6 ? 'IPv4' : 'IPv6'} only`;
  return { code: 'family-mixed', message, word: 0, remedy: 'remove it' };
}

const untracked = ({ words: [first] }: Statement): Problem => ({
  code: 'not-tracked',
  severity: 'warning',
  message: `the route ${first.text} names no interface and cannot be watched`,
  word: 0,
  used: 'the route, without watching it',
  remedy: 'add dev INTERFACE, or no_track',
});
