// npm run setup | demo | test: makes this machine ready for it, showing what is done and for how long, then does it.
// Only what Node brings is used here: nothing is installed yet when it starts on a fresh machine.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runVisibly } from './lib/programs.mjs';
import { root } from './lib/root.mjs';
import { setUp } from './lib/set-up.mjs';
import { SetupError } from './lib/steps.mjs';

const [command = '', ...args] = process.argv.slice(2);

const commands = {
  setup: async () => {
    await setUp('test');
    process.stdout.write(
      `\nReady. The daemon is node_modules/.bin/holdfastd, the command node_modules/.bin/holdfast.\n`,
    );
    return 0;
  },
  demo: async () => {
    if (process.getuid?.() !== 0) throw new SetupError('The demo makes network namespaces: run it as root.');
    await setUp('demo');
    return runVisibly(process.execPath, [join(root, 'dist', 'demo.mjs'), ...args]);
  },
  test: async () => {
    await setUp('test');
    const { runTests } = await import('./lib/run-tests.mjs');
    return runTests(args);
  },
};

const chosen = Object.hasOwn(commands, command) ? commands[command] : undefined;
if (chosen === undefined || !existsSync(join(root, 'package.json'))) {
  process.stderr.write('usage: node scripts/run.mjs setup|demo|test [arguments]\n');
  process.exit(2);
}
try {
  process.exitCode = await chosen();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
