import { type Family, familyOf } from '@holdfast/kit';
import { readValue } from '../build/read.ts';
import type { Argument, Problem, Reading, Row, Rows } from '../keywords/row.ts';
import { ruleActions, ruleWords as words } from '../keywords/words/rule-words.ts';
import { type OptionLine, readOptionLine } from './option-line.ts';
import { refused } from './reading.ts';
import { foreignProtocol } from './route-options.ts';

const dropped = 'the rule is left out';

/** A line of `virtual_rules` or `static_rules`: selectors, one action, a preference. @param rows those that are legal there */
export const ruleEntry = (rows: Rows): Argument<OptionLine> => ({
  syntax: '[SELECTOR [VALUE]] ... ACTION preference NUMBER',
  read: (statement) => judged(readOptionLine(statement, 0, { rows, dropped, what: 'option of a rule' })),
});

function judged({ value, problems }: Reading<OptionLine>): Reading<OptionLine> {
  if (value === undefined) return { value, problems };
  const wrong = wrongAction(value) ?? wrongFamily(value) ?? wrongGoto(value) ?? surplus(value);
  if (wrong !== undefined) return refused({ ...wrong, used: dropped });
  return { value, problems: [...problems, ...foreignProtocol(value, words, 'rule'), ...notes(value)] };
}

const given = ({ children }: OptionLine, rows: readonly Row[]): boolean =>
  children.some(({ row }) => rows.includes(row));

const tableActions: readonly Row[] = [words.table, words.lookup];
const actions: readonly Row[] = [
  ...tableActions,
  words.goto,
  words.type,
  words.l3mdev,
  ...ruleActions.map((action) => words[action]),
];

function wrongAction(rule: OptionLine): Problem | undefined {
  const found = rule.children.filter(({ row }) => actions.includes(row));
  const [first, second] = found.map(({ statement }) => statement.words[0].text);
  const all = 'table, goto, nop, blackhole, unreachable, prohibit and l3mdev';
  if (first === undefined) {
    return { code: 'missing-option', message: 'the rule does nothing', word: 0, remedy: `add one of ${all}` };
  }
  if (readValue(rule, words.table) === 0 || readValue(rule, words.lookup) === 0) {
    return { code: 'out-of-range', message: 'there is no table 0', word: 0, remedy: 'name another table' };
  }
  if (second === undefined) return undefined;
  const message = `a rule does one thing only, not both ${first} and ${second}`;
  return { code: 'given-twice', message, word: 0, remedy: `write one of ${all}` };
}

const familiesOf = (rule: OptionLine): readonly Family[] => [
  ...(given(rule, [words.inet]) ? [4 as const] : []),
  ...(given(rule, [words.inet6]) ? [6 as const] : []),
  ...[readValue(rule, words.from), readValue(rule, words.to)].flatMap((side) =>
    side?.kind === 'network' ? [familyOf(side.address)] : [],
  ),
];

function wrongFamily(rule: OptionLine): Problem | undefined {
  const families = new Set(familiesOf(rule));
  if (families.size > 1) {
    const message = 'the rule has addresses of both families';
    return { code: 'family-mixed', message, word: 0, remedy: 'write addresses of one family only' };
  }
  if (!families.has(6) || !given(rule, [words.realms])) return undefined;
  return { code: 'family-mixed', message: 'realms are for IPv4 only', word: 0, remedy: 'remove realms' };
}

function preferenceOf(rule: OptionLine): number | undefined {
  return readValue(rule, words.preference) ?? readValue(rule, words.order) ?? readValue(rule, words.priority);
}

function wrongGoto(rule: OptionLine): Problem | undefined {
  const target = readValue(rule, words.goto);
  const preference = preferenceOf(rule);
  if (target === undefined || (preference !== undefined && preference < target)) return undefined;
  const message = `goto ${target} does not lead to a later rule`;
  return { code: 'out-of-range', message, word: 0, remedy: 'write a preference below the target' };
}

function surplus(rule: OptionLine): Problem | undefined {
  const limits = [
    words.realms,
    words.suppress_prefixlength,
    words.sup_pl,
    words.suppress_ifgroup,
    words.sup_group,
  ];
  if (!given(rule, limits) || given(rule, tableActions)) return undefined;
  const message = 'suppressors and realms are for rules that look up a table';
  return { code: 'option-without-table', message, word: 0, remedy: 'remove them, or name a table' };
}

function notes(rule: OptionLine): readonly Problem[] {
  if (preferenceOf(rule) !== undefined) return [];
  return [
    {
      code: 'preference-missing',
      severity: 'warning',
      message: 'the rule has no preference',
      word: 0,
      used: '16384, and one less for each further rule of the family',
      remedy: 'add preference NUMBER',
      keepalived: 'reported',
    },
  ];
}
