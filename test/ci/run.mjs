// Runs the parts of the continuous integration one after the other and adds up what they counted.
//   node test/ci/run.mjs [PART...]
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { installTools } from '../../scripts/lib/debian-packages.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { addTally, emptyTally, readTallyLine, tallyLine } from '../../scripts/lib/tally.mjs';

const minutes = 60_000;

/** What is run, how long it may take, and whether its last line counts tests (otherwise it counts as one). */
const parts = [
  { name: 'tests', limit: 20 * minutes, counts: true, run: command('npm', ['test']) },
  { name: 'without ../shared', limit: 10 * minutes, counts: true, run: testWithoutShared },
  { name: 'demo', limit: 3 * minutes, counts: false, run: command('npm', ['run', 'demo']) },
  { name: 'random kills', limit: 10 * minutes, counts: false, run: script('test/chaos/run.mjs') },
  {
    name: 'configuration fuzz',
    limit: 5 * minutes,
    counts: false,
    run: script('test/fuzz/run.mjs', '--cases', '10000', '--seconds', '150', '--seed', '1'),
  },
  { name: 'random stories', limit: 15 * minutes, counts: true, run: randomStories() },
  { name: 'laboratory', limit: 40 * minutes, counts: true, run: script('test/lab/run.mjs') },
  { name: 'packages', limit: 15 * minutes, counts: true, run: script('test/package/run.mjs') },
  { name: 'image', limit: 10 * minutes, counts: true, run: script('test/image/run.mjs') },
  { name: 'LVS laboratory', limit: 25 * minutes, counts: true, run: script('test/lab/lvs-scenarios.mjs') },
  { name: 'LVS tables', limit: 25 * minutes, counts: true, run: script('test/lab/lvs-tables.mjs') },
  { name: 'fresh machine', limit: 15 * minutes, counts: true, run: script('test/fresh-machine/run.mjs') },
];

// The compiler comes before the first set-up, so that the optional transport is tested as well.
await step('programs for continuous integration', () => installTools('ci'));
const chosen = process.argv.slice(2);
let sum = emptyTally();
const lines = [];
const complaints = [];
for (const part of parts.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
  console.log(`\n===== ${part.name} =====`);
  const began = performance.now();
  const tally = await runPart(part);
  const seconds = Math.round((performance.now() - began) / 1000);
  lines.push(`${part.name.padEnd(20)} ${tallyLine(tally)} (${seconds} s)`);
  sum = addTally(sum, tally);
  complaints.push(...tally.failures.map((failure) => `${part.name}: ${failure}`));
}
console.log(`\n===== all =====\n${[...lines, ...complaints].join('\n')}\n\n${tallyLine(sum)}`);
// A run in which nothing was tested is no success.
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;

async function runPart({ name, limit, counts, run }) {
  const { status, output } = await run(limit);
  const counted = counts ? readTallyLine(output) : undefined;
  if (counted === undefined) {
    if (status !== 0) console.log(`${name} ended with ${status}`);
    return { ...emptyTally(), passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  }
  const told = { ...counted, failures: failuresIn(output) };
  // A part that counted no failure but ended badly has failed all the same.
  return status !== 0 && counted.failed === 0 ? addTally(told, { ...emptyTally(), failed: 1 }) : told;
}

/** What a part says of its failures, for the end of the long output: that is what is read first, and what is kept of it. */
function failuresIn(output) {
  const told = /^(?:failed|not on the list of skips that CI allows): .*$|^.*\b(?:FAILED|FAIL)\b.*$/gm;
  return [...new Set(stripVTControlCharacters(output).match(told) ?? [])].slice(0, 20);
}

/** Two hundred stories of pools in a real kernel, forty to a daemon; in the tests there are fewer. */
function randomStories() {
  const many = { HOLDFAST_POOL_STORIES: '200', HOLDFAST_POOL_TOGETHER: '40', HOLDFAST_POOL_STEPS: '5' };
  return command('npm', ['test', '--', '--project', 'system', 'test/system/pool-stories'], {
    env: { ...process.env, ...many },
  });
}

function script(file, ...words) {
  return command(process.execPath, [join(root, file), ...words]);
}

/** A program that is run with a limit of time, shown while it runs, and its output kept. */
function command(program, args, options = {}) {
  return (limit) =>
    new Promise((resolve) => {
      const child = spawn(program, args, {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
        ...options,
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          output += stream === child.stdout ? chunk : '';
          process.stdout.write(chunk);
        });
      }
      const timer = setTimeout(() => endGroup(child.pid), limit);
      child.on('error', (error) => console.log(error.message));
      child.on('close', (status) => {
        clearTimeout(timer);
        resolve({ status: status ?? 'a signal', output });
      });
    });
}

/** Ends a part that took too long: first in order, so that it cleans up, then by force. */
function endGroup(pid) {
  console.log('this takes too long and is ended');
  for (const [signal, delay] of [
    ['SIGTERM', 0],
    ['SIGKILL', 15_000],
  ]) {
    setTimeout(() => {
      try {
        process.kill(-pid, signal);
      } catch {
        // It has ended.
      }
    }, delay).unref();
  }
}

/** The unit tests in a clone that has no ../shared beside it: what a user has who got the project alone. */
async function testWithoutShared(limit) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-clone-'));
  const clone = join(folder, 'clone');
  try {
    const cloned = await command('git', ['clone', '--quiet', root, clone])(limit);
    if (cloned.status !== 0) return cloned;
    copyPackages(clone);
    const env = { ...process.env, HOLDFAST_SHARED: 'none' };
    return await command('npm', ['test', '--', '--project', 'unit'], { cwd: clone, env })(limit);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Gives the clone the npm packages that are here already, links and all, instead of fetching them again. */
function copyPackages(clone) {
  const copy = (folder) =>
    existsSync(join(root, folder)) &&
    cpSync(join(root, folder), join(clone, folder), { recursive: true, verbatimSymlinks: true });
  copy('node_modules');
  for (const name of readdirSync(join(root, 'packages'))) copy(join('packages', name, 'node_modules'));
}
