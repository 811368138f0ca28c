// Builds the packages and lives a service's life with them: on a Debian without Node that its own systemd has booted in
// user-mode Linux, and with the init script where there is no systemd.
//   node test/package/run.mjs [--keep] [--only systemd|init]
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runQuietly } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { addTally, emptyTally, tallyLine } from '../../scripts/lib/tally.mjs';
import { claimReader } from './claims.mjs';
import { debianMissing, debianRoot } from './debian.mjs';
import { runInChroot } from './init-machine.mjs';
import { bootMachine, umlMissing } from './uml-machine.mjs';

const { values: options } = parseArgs({
  options: { keep: { type: 'boolean', default: false }, only: { type: 'string' } },
});

const missing = debianMissing() ?? umlMissing();
if (missing !== undefined) {
  console.log(`the packages cannot be tried here: ${missing}`);
  console.log('0 passed, 0 failed, 1 skipped');
  process.exit(process.env.CI === 'true' ? 1 : 0);
}

// Not /tmp: a machine has one of its own.
const scratch = mkdtempSync('/var/tmp/holdfast-package-');
process.on('exit', () =>
  options.keep ? console.log(`kept: ${scratch}`) : rmSync(scratch, { recursive: true, force: true }),
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

await timed('packages', buildPackages);
const machine = await timed('a Debian with systemd', debianRoot);
let tally = emptyTally();
if (options.only !== 'init') tally = addTally(tally, await timed('a service by systemd', bySystemd));
if (options.only !== 'systemd') tally = addTally(tally, await timed('a service by its init script', byInit));
for (const failure of tally.failures) console.log(`failed: ${failure}`);
console.log(tallyLine(tally));
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;

async function timed(title, work) {
  const began = performance.now();
  const outcome = await work();
  console.log(`✓ ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  return outcome;
}

/** Two revisions, for an upgrade. */
async function buildPackages() {
  for (const [what, revision, names] of [
    [['deb', 'tarball'], '1', { 'old.deb': /\.deb$/, 'holdfast.tar.gz': /\.gz$/ }],
    [['deb'], '2', { 'new.deb': /\.deb$/ }],
  ]) {
    const out = join(scratch, `built-${revision}`);
    const words = ['--quick', '--revision', revision, '--out', out];
    const run = await runQuietly(process.execPath, [join(root, 'scripts', 'package.mjs'), ...what, ...words]);
    if (run.status !== 0) throw new Error(run.output);
    for (const [name, pattern] of Object.entries(names)) {
      copyFileSync(
        join(
          out,
          readdirSync(out).find((file) => pattern.test(file)),
        ),
        join(scratch, name),
      );
    }
    rmSync(out, { recursive: true });
  }
}

async function bySystemd() {
  copyFileSync(join(root, 'test', 'package', 'life.sh'), join(scratch, 'life.sh'));
  const reader = claimReader('systemd');
  const { status, console: said } = await bootMachine({
    machine,
    scratch,
    script: `#!/bin/sh\nexec sh ${scratch}/life.sh ${scratch}\n`,
    seconds: 660,
    onOutput: reader.read,
  });
  return reader.tally(status, said);
}

async function byInit() {
  copyFileSync(join(root, 'test', 'package', 'init.sh'), join(scratch, 'init.sh'));
  const reader = claimReader('init script');
  const status = await runInChroot({
    machine,
    scratch,
    script: join(scratch, 'init.sh'),
    seconds: 180,
    onOutput: reader.read,
  });
  return reader.tally(status, '');
}
