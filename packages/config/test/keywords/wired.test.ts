import type { Config } from '@holdfast/config';
import { expect, test } from 'vitest';
import { wholeTable } from '../../src/keywords/walk.ts';
import { parse } from '../parse.ts';
import { wiredExamples } from './examples.ts';

/** What the processes get of a file, and what decides whether they start with it. */
function outcome(text: string): { readonly config: Config; readonly verdict: readonly string[] } {
  const result = parse(
    text,
    { environment: { NAME: 'value' } },
    { '/etc/keepalived/other.conf': 'child_wait_time 7\n' },
  );
  const verdict = result.diagnostics.map(({ code, fatal }) => `${code} ${fatal}`);
  return { config: result.config, verdict };
}

/** Keywords that decide whether a file is taken, not what is made of it. */
const verdictOnly: ReadonlySet<string> = new Set([
  '(lexical).includer',
  '(lexical).includem',
  '(lexical).includew',
  '(lexical).includea',
  'global_defs.include_check',
  'global_defs.include_check.read',
  'global_defs.include_check.match',
  'global_defs.include_check.wildcard_match',
  'vrrp_instance.accept',
  'vrrp_instance.no_virtual_ipaddress',
]);

test.each(wiredExamples)('$path makes a difference', (example) => {
  const [without, with_] = [outcome(example.without), outcome(example.with)];
  if (verdictOnly.has(example.path)) expect(with_.verdict).not.toEqual(without.verdict);
  else expect(with_.config).not.toEqual(without.config);
  // The difference is no complaint about the keyword itself.
  const told = parse(example.with).diagnostics.filter(({ code }) => code === 'unknown-keyword');
  expect(told).toEqual([]);
});

test('every keyword that is in effect has an example here', () => {
  const shown = new Set(wiredExamples.map(({ path }) => path));
  const table = wholeTable().filter(({ row }) => row.inEffect);
  expect(table.map(({ path }) => path).filter((path) => !shown.has(path))).toEqual([]);
});
