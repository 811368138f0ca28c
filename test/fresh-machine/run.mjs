// Makes a Debian root that holds only Node and npm, and runs both commands of the README there, as a person would.
//   node test/fresh-machine/run.mjs [--keep] [--only demo|test]
// It has process and mount namespaces of its own. The network is that of this machine while packages are installed,
// for the registries must be reachable; what demo and tests do on a network they do in namespaces that they make.
// How the registries are reached (settings of apt and npm, certificates) is read from this machine when it runs.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findProgram, runQuietly, succeeds } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { addTally, emptyTally, readTallyLine, tallyLine } from '../../scripts/lib/tally.mjs';
import { installDebian, installNode, lendSettings, lentEnvironment } from './machine.mjs';

const { values: options } = parseArgs({
  options: { keep: { type: 'boolean', default: false }, only: { type: 'string' } },
});

const missing = ['debootstrap', 'unshare', 'chroot', 'git'].filter(
  (program) => findProgram(program) === undefined,
);
if (process.getuid?.() !== 0 || missing.length > 0) {
  console.log(
    `a fresh machine cannot be made here: needs root${missing.map((name) => ` and ${name}`).join('')}`,
  );
  console.log('0 passed, 0 failed, 1 skipped');
  process.exit(process.env.CI === 'true' ? 1 : 0);
}

const machine = mkdtempSync(join(tmpdir(), 'holdfast-fresh-'));
process.on('exit', cleanUp);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

await timed('Debian by debootstrap', () => installDebian(machine));
await timed('Node and npm, nothing else', () => installNode(machine));
await timed('settings of the registries', () => lendSettings(machine));
await timed('a clone of the project', async () => {
  const run = await runQuietly('git', [
    'clone',
    '--quiet',
    '--no-hardlinks',
    root,
    join(machine, 'opt', 'holdfast'),
  ]);
  if (run.status !== 0) throw new Error(run.output);
});

let tally = emptyTally();
if (options.only !== 'test') tally = addTally(tally, one('npm run demo', await inside('npm run demo')));
if (options.only !== 'demo') {
  const run = await inside('npm test');
  tally = addTally(tally, readTallyLine(run.output) ?? one('npm test', run));
  // The same again finds everything done: the demo's first picture comes within ten seconds.
  tally = addTally(tally, one('npm run setup, again', await inside('npm run setup', 10)));
}
console.log(tallyLine(tally));
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;

async function timed(title, work) {
  const began = performance.now();
  await work();
  console.log(`✓ ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
}

function one(title, { status, output }) {
  if (status !== 0)
    console.log(`${title} ended with ${status}: ${output.trim().split('\n').slice(-3).join(' / ')}`);
  return { ...emptyTally(), passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
}

/**
 * Runs a command in the clone on the fresh machine, showing what it prints.
 * @param {number} seconds after which it is ended
 */
function inside(command, seconds = 900) {
  console.log(`\n# ${command}`);
  const mounts = [
    `mount --bind ${machine} ${machine}`,
    `mount -t proc proc ${machine}/proc`,
    `mount -t sysfs sysfs ${machine}/sys`,
    `mount --rbind /dev ${machine}/dev`,
    `mount -t tmpfs tmpfs ${machine}/run`,
    `mount -t tmpfs tmpfs ${machine}/tmp`,
  ];
  const variables = Object.entries(lentEnvironment()).map(([name, value]) => `${name}=${value}`);
  const enter = `exec chroot ${machine} /usr/bin/env -i "$@" sh -c 'cd /opt/holdfast && ${command}'`;
  return new Promise((resolve) => {
    const child = spawn(
      'unshare',
      [
        '--pid',
        '--fork',
        '--kill-child',
        '--mount',
        '--',
        'sh',
        '-ec',
        [...mounts, enter].join('\n'),
        'sh',
        ...variables,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        process.stdout.write(chunk);
      });
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status: status ?? 'the end of its time', output });
    });
  });
}

function cleanUp() {
  if (options.keep) {
    console.log(`kept: ${machine}`);
    return;
  }
  // Its mounts ended with its mount namespace; should one be left, nothing below it may be removed.
  if (
    existsSync(machine) &&
    !succeeds('findmnt', ['--noheadings', '--submounts', '--target', `${machine}/proc/self`])
  ) {
    rmSync(machine, { recursive: true, force: true, maxRetries: 3 });
  }
}
