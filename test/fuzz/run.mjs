// Builds what is needed and holds random configurations against keepalived, in a network namespace of its own:
// node test/fuzz/run.mjs [--cases N] [--seed S] [--seconds N] [--keep FOLDER] [--bytes] [--examples]
import { join } from 'node:path';
import { buildAll } from '../../scripts/build.mjs';
import { findProgram, runVisibly } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';

const chosen = process.argv.slice(2);
const alone = chosen.includes('--bytes');
const missing = ['keepalived', 'unshare', 'ip'].filter((name) => !alone && findProgram(name) === undefined);
if (missing.length > 0) {
  console.error(`fuzz: not installed: ${missing.join(', ')}; --bytes needs none of them`);
  process.exitCode = 2;
} else {
  await buildAll();
  const command = [process.execPath, join(root, 'dist', 'fuzz.mjs'), ...chosen];
  // What keepalived may leave behind when it is ended, goes with the namespaces.
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  process.exitCode = alone
    ? await runVisibly(command[0], command.slice(1))
    : await runVisibly('unshare', [...namespaces, ...command]);
}
