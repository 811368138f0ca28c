import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * @typedef {{ name: string, reason: string }} Skip
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[], skips: Skip[] }} Tally
 */

/** @returns {Tally} */
export const emptyTally = () => ({ passed: 0, failed: 0, skipped: 0, failures: [], skips: [] });

/** @returns {Tally} */
export const addTally = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  failures: [...a.failures, ...b.failures],
  skips: [...a.skips, ...b.skips],
});

/** `N passed, N failed`, and how many were skipped where some were. */
export const tallyLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** Reads such a line back; undefined when the text ends otherwise. @returns {Tally | undefined} */
export function readTallyLine(text) {
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  const found = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(last.trim());
  if (found === null) return undefined;
  const [passed, failed, skipped] = [1, 2, 3].map((group) => Number(found[group] || 0));
  return { ...emptyTally(), passed, failed, skipped };
}

/** Counts the JSON report of vitest. A file that could not even be collected counts as one failure. @returns {Tally} */
export function readReport(report) {
  let tally = emptyTally();
  for (const file of report.testResults) {
    const place = file.name.slice(root.length + 1);
    if (file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')) {
      const failure = `${place}: ${file.message.split('\n')[0]}`;
      tally = addTally(tally, { ...emptyTally(), failed: 1, failures: [failure] });
    }
    for (const test of file.assertionResults) tally = addTally(tally, countTest(test, place));
  }
  return tally;
}

function countTest(test, place) {
  const name = `${place} > ${test.fullName}`;
  if (test.status === 'passed') return { ...emptyTally(), passed: 1 };
  if (test.status === 'failed') {
    const why = test.failureMessages?.[0]?.split('\n')[0] ?? '';
    return { ...emptyTally(), failed: 1, failures: [`${name}: ${why}`] };
  }
  return { ...emptyTally(), skipped: 1, skips: [{ name, reason: reasonOf(test.fullName) }] };
}

/** A skipped test carries its reason in its name: see test/support/requirements.ts. */
const reasonOf = (name) =>
  /\((?:skipped:? )?((?:needs|no|not|without)\b[^)]*)\)/.exec(name)?.[1] ?? 'no reason given';

/** Prints every reason with the number of tests that were skipped for it. */
export function printSkips(skips) {
  const counts = new Map();
  for (const { reason } of skips) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  for (const [reason, count] of counts) process.stdout.write(`skipped ${count}: ${reason}\n`);
}

/** Those skips whose reason is not on the short list of test/support/allowed-skips.json. @returns {Skip[]} */
export function unexpectedSkips(skips) {
  const listed = JSON.parse(readFileSync(join(root, 'test', 'support', 'allowed-skips.json'), 'utf8'));
  const allowed = listed.filter(
    ({ onlyWith }) => onlyWith === undefined || process.env[onlyWith] !== undefined,
  );
  for (const { reason, because } of allowed)
    process.stdout.write(`allowed to be skipped in CI: ${reason} (${because})\n`);
  return skips.filter((skip) => !allowed.some(({ reason }) => skip.reason.includes(reason)));
}
