import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Reading, Row } from '../../src/keywords/row.ts';
import { wholeTable } from '../../src/keywords/walk.ts';
import { splitWords } from '../../src/language/words.ts';
import { type ReferenceRow, referenceRows } from './reference.ts';

const table = new Map(wholeTable().map(({ path, row }) => [path, row]));
const listed: readonly string[] = readFileSync(new URL('paths.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

test('every keyword of the list is in the table', () => {
  expect(listed.filter((path) => !table.has(path))).toEqual([]);
  expect(listed.length).toBeGreaterThan(900);
});

/** Text of the reference that says that there is no value of its own. */
const noDefault = /^(?:none|off|false|unset|-|)$/;
const known = (text: string | undefined): string => (noDefault.test(text ?? '') ? '' : (text ?? ''));

const repeats = (text: string): Row['repeat'] =>
  text.startsWith('yes') ? 'accumulates' : text.includes('first kept') ? 'first-wins' : 'last-wins';

const owners: Readonly<Record<string, string>> = { check: 'checker' };

/** Where the bounds are those of one word among others: how a line with it looks. */
const inContext: ReadonlyMap<string, string> = new Map([
  ['global_defs.lvs_timeouts', 'tcp ?'],
  ['interface_up_down_delays', '?'],
  ['vrrp_instance.auth_hmac.key', `? ${'k'.repeat(32)}`],
  ['virtual_server.lb_kind', 'TUN type gue port ?'],
  ['virtual_server.lvs_method', 'TUN type gue port ?'],
  ['virtual_server.sorry_server_lvs_method', 'TUN type gue port ?'],
  ['virtual_server.real_server.lvs_method', 'TUN type gue port ?'],
]);

/** Bounds that are not held against the words alone, and why. */
const otherwise: ReadonlyMap<string, string> = new Map([
  ['virtual_server.persistence_granularity', 'the family of the service decides what a length means'],
  ['virtual_server', 'a firewall mark of 0 is no mark: no kernel takes a service for it'],
]);

describe.skipIf(referenceRows.length === 0)(
  'with the reference (skipped without the shared keywords.tsv)',
  () => {
    const rows = referenceRows.filter(({ path }) => table.has(path) && !path.startsWith('(lexical)'));

    test('the list is that of the reference', () => {
      expect(new Set(listed)).toEqual(new Set(referenceRows.map(({ path }) => path)));
    });

    test('every default is that of the reference', () => {
      const bad = rows.filter((one) => known(one.default) !== known(rowOf(one).default));
      expect(bad.map((one) => `${one.path}: ${one.default}, not ${rowOf(one).default}`)).toEqual([]);
    });

    test('what a second use means, and which process acts on it, is what the reference says', () => {
      const bad = rows.filter((one) => {
        const row = rowOf(one);
        // Defaults of instances stand in a block of the parent, and are acted on by the worker.
        const sameOwner =
          one.path.startsWith('global_defs.') || (owners[one.process] ?? one.process) === row.owner;
        return repeats(one.repeatable) !== row.repeat || !sameOwner;
      });
      expect(bad.map((one) => `${one.path}: ${one.repeatable}, ${one.process}`)).toEqual([]);
    });

    test('a deprecated keyword is marked, and an alias names what it stands for', () => {
      const bad = rows.filter((one) => {
        const { deprecated, aliasOf } = rowOf(one);
        const other = /alias of ([\w-]+)/.exec(one.status)?.[1];
        return (one.status.includes('deprecated') && deprecated === undefined) || other !== aliasOf;
      });
      expect(bad.map((one) => `${one.path}: ${one.status}`)).toEqual([]);
    });

    test('both bounds of every range are taken, and the values next to them are not', () => {
      const ranged = rows.filter(({ path }) => !otherwise.has(path)).flatMap((one) => boundsOf(one) ?? []);
      expect(ranged.flatMap(wrongBounds)).toEqual([]);
      expect(ranged.length).toBeGreaterThan(220);
    });

    test('every optional boolean takes its six words and no other', () => {
      const booleans = rows.filter((one) => one.range.startsWith('bool words'));
      const words = ['true', 'on', 'yes', 'false', 'off', 'no', ''];
      const bad = booleans.filter(
        (one) => !words.every((word) => isTaken(one, word)) || isTaken(one, 'True') || isTaken(one, '1'),
      );
      expect(bad.map(({ path }) => path)).toEqual([]);
      expect(booleans.length).toBe(60);
    });

    test('every word of a choice is taken, and no other', () => {
      const choices = rows.filter((one) => wordsOf(one).length > 1);
      const bad = choices.filter(
        (one) => !wordsOf(one).every((word) => isTaken(one, word)) || isTaken(one, '?'),
      );
      expect(bad.map((one) => `${one.path}: ${one.arguments}`)).toEqual([]);
      expect(choices.length).toBeGreaterThan(20);
    });
  },
);

/** Words in capitals that stand for something else. */
const placeholders: ReadonlySet<string> = new Set(['N', 'PREFIX', 'HOST', 'BYTES', 'SECONDS']);

/** The words of a choice such as `MASTER|BACKUP`. */
function wordsOf({ arguments: given }: ReferenceRow): readonly string[] {
  const [words = ''] = /^[\w.]+(?:\|[\w.]+)+(?= \(case-insensitive\)$|$)/.exec(given) ?? [];
  return words.split('|').filter((word) => !placeholders.has(word));
}

function rowOf({ path }: ReferenceRow): Row {
  const row = table.get(path);
  if (row === undefined) throw new Error(`there is no row ${path}`);
  return row;
}

interface Bounds {
  readonly one: ReferenceRow;
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

function boundsOf(one: ReferenceRow): Bounds | undefined {
  const found =
    /(?:^|[ (,])\[(-?[\d.]+),\s?(-?[\d.]+|no limit)[\])]/.exec(one.range) ??
    /in \[(\d+),(\d+)\]/.exec(one.arguments);
  if (found === null) return undefined;
  const [, low = '', high = ''] = found;
  const step = low.includes('.') ? 10 ** -(low.split('.')[1]?.length ?? 0) : 1;
  return { one, low: Number(low), high: high === 'no limit' ? Number.POSITIVE_INFINITY : Number(high), step };
}

function wrongBounds({ one, low, high, step }: Bounds): readonly string[] {
  const text = (value: number): string => String(Number(value.toFixed(6)));
  const isZeroTold = / 0: error/.test(one.range) && low === 0;
  const isTold = (value: number): string[] =>
    isTaken(one, text(value)) ? [`${one.path}: ${text(value)} is taken, ${one.range}`] : [];
  const isRefused = (value: number): string[] =>
    isTaken(one, text(value)) ? [] : [`${one.path}: ${text(value)} is refused, ${one.range}`];
  return [
    ...(isZeroTold ? isTold(0) : isRefused(low)),
    ...isTold(low - step),
    ...(Number.isFinite(high) ? [...isRefused(high), ...isTold(high + 1)] : []),
  ];
}

/** Whether the keyword takes the words without a complaint. */
function isTaken(one: ReferenceRow, given: string): boolean {
  const { value, problems } = reading(one, (inContext.get(one.path) ?? '?').replace('?', given));
  return value !== undefined && problems.length === 0;
}

function reading(one: ReferenceRow, words: string): Reading<unknown> {
  const { argument, block } = rowOf(one);
  const isEntry = block?.kind === 'entries';
  const text = `${isEntry ? 'eth0' : one.keyword} ${words}`;
  const [first, ...others] = splitWords(text);
  if (first === undefined) throw new Error('there is no word');
  const statement = {
    words: [first, ...others] as const,
    text,
    origin: { file: '', line: 1, raw: text },
    openQuote: false,
  };
  return (isEntry ? block.entry : argument).read(statement);
}
