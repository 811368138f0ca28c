// Runs the LVS laboratory of ../shared with Holdfast, in a kernel of its own: node test/lab/lvs-scenarios.mjs [SCENARIO...]
// A scenario that fails is tried once more in a fresh kernel, for the machine may have been late; the table says so.
// The last line is `N passed, N failed, N skipped`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from '../../scripts/build.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { commandLine, laboratory, runInGuest, whatIsMissing } from './lvs-guest.mjs';

const missing = whatIsMissing();
if (missing !== undefined) {
  console.log(`${missing}: nothing was run\n0 passed, 0 failed`);
  process.exit(0);
}
await buildAll();
const { later } = JSON.parse(readFileSync(join(root, 'test', 'lab', 'lvs.json'), 'utf8'));
const wanted = process.argv.slice(2);
const listed = execFileSync('/usr/bin/python3', [laboratory, 'list'], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .map((line) => line.split(' ')[0]);
const chosen = listed.filter((name) => wanted.length === 0 || wanted.includes(name));
const due = chosen.filter((name) => later[name] === undefined || wanted.includes(name));

const first = await runScenarios(due);
const again = await runScenarios(due.filter((name) => !first.get(name).ok));

const outcome = (name) => again.get(name) ?? first.get(name);
console.log('');
for (const name of chosen) console.log(`${name.padEnd(26)}${word(name)}`);
const failed = due.filter((name) => !outcome(name).ok).length;
console.log(`\n${due.length - failed} passed, ${failed} failed, ${chosen.length - due.length} skipped`);
process.exitCode = failed === 0 && due.length > 0 ? 0 : 1;

function word(name) {
  if (!due.includes(name)) return `skipped: ${later[name]}`;
  const { ok, elapsed_s: seconds } = outcome(name);
  return `${ok ? (again.has(name) ? 'ok at the second try' : 'ok') : 'FAILED'} (${seconds} s)`;
}

/** @returns {Promise<Map<string, { ok: boolean, elapsed_s: number }>>} what became of each, also of those that the guest did not get to */
async function runScenarios(names) {
  const results = new Map(names.map((name) => [name, { ok: false, elapsed_s: 0 }]));
  if (names.length === 0) return results;
  const command = ['/usr/bin/python3', laboratory, 'run', ...names, '--daemon', commandLine()];
  // A scenario takes about ten seconds, half a minute where it fails; the machine may be busy with other things.
  const status = await runInGuest(command, { seconds: 120 + names.length * 40, onLine: read });
  if (typeof status !== 'number' || status > 1) console.log(`the laboratory ended with ${status}`);
  return results;

  function read(line) {
    const result = parsed(line);
    if (result === undefined) return;
    results.set(result.scenario, result);
    console.log(`${result.ok ? 'ok  ' : 'FAIL'} ${result.scenario} ${JSON.stringify(result.figures)}`);
    for (const { check, got } of result.checks.filter(({ ok }) => !ok))
      console.log(`     ${check}: ${JSON.stringify(got)}`);
    if (!result.ok) console.log(`     the daemon: ${result.daemon}`);
  }
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    console.log(line);
    return undefined;
  }
}
