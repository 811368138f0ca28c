import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importMutant, type Mutant, occurrences } from '../../../test/support/mutant.ts';
import { firstFault } from './judge-parser.ts';

/** Deliberate bugs in lexer, table and rules: the verdicts are worth something only if each of these changes one. */
// biome-ignore format: a table
const mutants = [
  // what is broken                                      file                       this                                        becomes
  ['takes quoted comment signs for comments', 'language/comments', 'if (!quoted && (character', 'if ((character'],
  ['ends no comment at an exclamation mark', 'language/comments', "character === '#' || character === '!')) return", "character === '#')) return"],
  ['reads lines of other routers', 'language/condition', 'id === configId', 'id !== undefined'],
  ['reads what is meant for others than this router', 'language/condition', "=== (not === '')", '!== undefined'],
  ['keeps quotes around words', 'language/words', 'text: match[1] ?? match[0]', 'text: match[0]'],
  ['sees no open quotes', 'language/words', '% 2 === 1', '% 2 === 2'],
  ['replaces parameters once only', 'language/parameters', 'const mostRounds = 64', 'const mostRounds = 0'],
  ['replaces parameters in front of anything', 'language/parameters', '(?=[ \\t-\\r,)]|$)', ''],
  ['counts sequences one round too far', 'language/sequences', '(end - start) / step) + 1', '(end - start) / step) + 2'],
  ['counts sequences upwards only', 'language/sequences', 'second < first ? -1 : 1', '1'],
  ['lets nothing begin behind a brace', 'language/physical-lines', 'return index + 1;', 'return undefined;'],
  ['misses included files that have to be there', 'language/include', 'checks.braceMatch : checks.match', 'false : false'],
  ['sees no closing brace too many', 'parser/parse-tree', 'else reportSurplusClose(run, frame, token);', ''],
  ['forgets that a keyword was given', 'parser/parse-tree', 'frame.seen.set(key, statement);', ''],
  ['accepts what is above the range', 'arguments/number', 'value >= low && value <= high', 'value >= low'],
  ['accepts what is below the range', 'arguments/number', 'value >= low && value <= high', 'value <= high'],
  ['accepts letters behind a number', 'arguments/number', "if (rest !== '') return withProblem(judged, trailing(keyword, text, rest, value));", ''],
  ['goes on without an argument', 'arguments/reading', "policy === 'fatal' ? {", "policy === 'ignored' ? {"],
  ['allows router number 0', 'keywords/vrrp-instance', 'virtual_router_id: keyword(\n    wholeNumber(1, 255', 'virtual_router_id: keyword(\n    wholeNumber(0, 255'],
  ['allows priority 256', 'keywords/vrrp-instance', 'wholeNumber(1, 255, { outside: 100', 'wholeNumber(1, 256, { outside: 100'],
  ['knows no timer_expired_backup', 'keywords/later/vrrp-instance', 'timer_expired_backup: later', 'timer_expired_back: later'],
  ['lets one router number serve twice', 'rules/configuration', 'if (clash !== undefined)', 'if (false)'],
  ['needs no password', 'rules/authentication', 'if (!needed || passwordOf(node) !== undefined)', 'if (true)'],
  ['takes fractions in version 2', 'rules/election', 'if (fitting === advertInterval) return instance;', 'return instance;'],
  ['misses interfaces that are not there', 'rules/named-interfaces', 'interfaces.has(nameOf(use))) return;', 'true) return;'],
  ['counts lints for the status', 'diagnostics/report', "severity === 'error' ? 'reported' : 'none'", "severity === 'note' ? 'none' : 'reported'"],
  ['prefers the milder status', 'diagnostics/verdict', "['missing-argument', 2],\n", ''],
] as const;
const sources = fileURLToPath(new URL('../src/', import.meta.url));
const entry = `export { exitCodeOf, memoryFiles, parseConfig } from './index.ts';`;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-config-mutants-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the unbroken parser passes when bundled as the mutants are', async () => {
  expect(await faultOf('unbroken', undefined)).toBeUndefined();
}, 30_000);

test.each(mutants)(
  'a parser that %s is found out',
  async (name, file, find, replace) => {
    const mutant = { file: join(sources, `${file}.ts`), find, replace };
    expect(await occurrences(mutant), `${file} has once: ${find}`).toBe(1);
    expect(await faultOf(name, mutant)).toBeDefined();
  },
  30_000,
);

async function faultOf(name: string, mutant: Mutant | undefined): Promise<string | undefined> {
  const outfile = join(folder, `${name.replaceAll(' ', '-')}.mjs`);
  return firstFault(await importMutant(mutant, { entry, folder: sources, outfile }));
}
