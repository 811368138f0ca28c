// Runs the black-box laboratory of ../shared with Holdfast on both routers and in both mixed pairs with keepalived:
//   node test/lab/run.mjs [--pair NAME]... [--width N] [SCENARIO...]
// Scenarios that do not disturb each other run side by side; the others alone. One that fails is tried once more by
// itself, for the machine may have been late; the table says so. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/lib/root.mjs';

const plan = JSON.parse(readFileSync(join(root, 'test', 'lab', 'scenarios.json'), 'utf8'));
const lab = join(root, '..', 'shared', 'lab', 'vrrp', 'vrrplab.py');
const results = join(root, '.cache', 'lab');

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { pair: { type: 'string', multiple: true }, width: { type: 'string', default: '4' } },
});

const holdfastd = process.env.HOLDFAST_DAEMON ?? join(root, 'node_modules', '.bin', 'holdfastd');
const commandLines = {
  keepalived: 'keepalived',
  holdfast: `${holdfastd} -n -l -D -f {conf} -p {piddir}/k.pid -r {piddir}/v.pid -c {piddir}/c.pid`,
};

if (!existsSync(lab)) {
  console.log('the laboratory is not there (../shared/lab): nothing was run\n0 passed, 0 failed');
  process.exit(0);
}
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const isWanted = (scenario) => wanted.length === 0 || wanted.includes(scenario);
const pairs = plan.pairs.filter(({ name }) => options.pair === undefined || options.pair.includes(name));
const jobsOf = (scenarios) =>
  scenarios.filter(isWanted).flatMap((scenario) => pairs.map((pair) => ({ scenario, pair })));

const outcomes = [
  ...(await runJobs(jobsOf(plan.sideBySide), Number(options.width))),
  ...(await runJobs(jobsOf(plan.alone), 1)),
];
for (const [index, outcome] of outcomes.entries()) {
  if (outcome.failures.length > 0) outcomes[index] = { ...(await runJob(outcome.job)), again: true };
}
printTable();
const failed = outcomes.filter(({ failures }) => failures.length > 0).length;
console.log(`${outcomes.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function runJobs(jobs, width) {
  const waiting = [...jobs.entries()];
  const done = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      done[next[0]] = await runJob(next[1]);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return done;
}

async function runJob(job) {
  const { scenario, pair } = job;
  const file = join(results, `${scenario}-${pair.a}-${pair.b}.json`);
  const args = ['run', scenario, '--brief', '--no-preflight', '--json', file];
  const daemons = ['--daemon-a', commandLines[pair.a], '--daemon-b', commandLines[pair.b]];
  const output = await runLab([...args, ...daemons]);
  const failures = existsSync(file) ? judge(JSON.parse(readFileSync(file, 'utf8')), job) : [output.trim()];
  console.log(`${failures.length === 0 ? 'ok  ' : 'FAIL'} ${pair.name.padEnd(22)} ${scenario}`);
  for (const failure of failures) console.log(`     ${failure}`);
  return { job, failures, again: false };
}

function runLab(args) {
  return new Promise((resolve) => {
    const child = spawn('python3', [lab, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    // A scenario takes seconds; one that hangs must not hold up the rest.
    const timer = setTimeout(() => child.kill('SIGTERM'), 240_000);
    child.on('close', () => {
      clearTimeout(timer);
      resolve(output);
    });
  });
}

/** What failed and is not known to fail for keepalived in the role that it has here. */
function judge(document, { scenario, pair }) {
  const result = document.results[0];
  if (result === undefined) return [document.broken ?? 'no result'];
  const excused = plan.keepalivedFails.filter(
    (known) => known.scenario === scenario && pair[known.role] === 'keepalived',
  );
  const failed = result.checks.filter(
    (check) => !check.ok && !excused.some((known) => check.check.startsWith(known.check)),
  );
  const error = result.error !== undefined && excused.length === 0 ? [`error: ${result.error}`] : [];
  const what = failed.map(({ check, got, want }) => `${check}: got ${JSON.stringify(got)}, want ${want}`);
  const why =
    what.length + error.length > 0 ? result.notes.map((note) => `  ${note.split('\n').join(' | ')}`) : [];
  return [...what, ...error, ...why];
}

function printTable() {
  const names = [...new Set(outcomes.map(({ job }) => job.scenario))];
  console.log(`\n${'scenario'.padEnd(34)}${pairs.map(({ name }) => name.padEnd(26)).join('')}`);
  for (const name of names) {
    const cells = pairs.map((pair) => {
      const outcome = outcomes.find(({ job }) => job.scenario === name && job.pair === pair);
      if (outcome === undefined) return ''.padEnd(26);
      const word = outcome.failures.length > 0 ? 'FAILED' : outcome.again ? 'ok at the second try' : 'ok';
      return word.padEnd(26);
    });
    console.log(`${name.padEnd(34)}${cells.join('')}`.trimEnd());
  }
  console.log('');
}
