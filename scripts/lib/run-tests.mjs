import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runVisibly } from './programs.mjs';
import { root } from './root.mjs';
import { SetupError, step } from './steps.mjs';
import { addTally, emptyTally, printSkips, readReport, tallyLine, unexpectedSkips } from './tally.mjs';

const reports = join(root, '.cache', 'reports');

/**
 * Runs everything that checks the project: types, style, unit tests, system tests.
 * `--project unit` or `--project system` runs only those; other arguments go to vitest.
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
export async function runTests(args) {
  mkdirSync(reports, { recursive: true });
  let tally = emptyTally();
  const at = args.indexOf('--project');
  const only = at < 0 ? undefined : args[at + 1];
  const rest = at < 0 ? args : args.toSpliced(at, 2);
  if (only === undefined && rest.length === 0) {
    tally = addTally(tally, await check('types (tsc)', 'tsc', ['--noEmit']));
    tally = addTally(tally, await check('style (biome)', 'biome', ['check', '.']));
  }
  for (const project of ['unit', 'system'].filter((name) => only === undefined || only === name)) {
    tally = addTally(tally, await runProject(project, rest));
  }
  return conclude(tally);
}

async function check(title, program, args) {
  const run = async () => {
    const status = await runVisibly(join(root, 'node_modules', '.bin', program), args, { cwd: root });
    if (status !== 0) throw new SetupError(`exit ${status}`);
    return 'no complaint';
  };
  try {
    await step(title, run);
    return { ...emptyTally(), passed: 1 };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { ...emptyTally(), failed: 1, failures: [title] };
  }
}

async function runProject(project, args) {
  const report = join(reports, `${project}.json`);
  rmSync(report, { force: true });
  process.stdout.write(`\n${project} tests\n`);
  const vitest = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const status = await runVisibly(
    join(root, 'node_modules', '.bin', 'vitest'),
    [...vitest, '--passWithNoTests', ...args],
    { cwd: root },
  );
  const counted = existsSync(report) ? readReport(JSON.parse(readFileSync(report, 'utf8'))) : emptyTally();
  // A run that ended badly although no test failed (an error outside of tests, a crash) has failed too.
  if (status === 0 || counted.failed > 0) return counted;
  return addTally(counted, {
    ...emptyTally(),
    failed: 1,
    failures: [`vitest (${project}) ended with ${status}`],
  });
}

function conclude(tally) {
  process.stdout.write('\n');
  printSkips(tally.skips);
  let final = tally;
  if (process.env.CI === 'true') {
    const refused = unexpectedSkips(tally.skips);
    for (const skip of refused)
      process.stdout.write(`not on the list of skips that CI allows: ${skip.name}\n`);
    final = { ...tally, skipped: tally.skipped - refused.length, failed: tally.failed + refused.length };
  }
  for (const failure of tally.failures) process.stdout.write(`failed: ${failure}\n`);
  process.stdout.write(`${tallyLine(final)}\n`);
  return final.failed === 0 ? 0 : 1;
}
