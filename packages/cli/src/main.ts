import { workingDirectory } from '@holdfast/kit';
import { program } from './program.ts';
import type { Surroundings } from './surroundings.ts';

// Whoever reads may have seen enough: `holdfast check | head` is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const surroundings: Surroundings = {
  environment: process.env,
  directory: workingDirectory(),
  isTerminal: process.stdout.isTTY,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  exit: (status) => {
    // Not process.exit(): what was written to a pipe is still under way.
    process.exitCode = status;
  },
};

await program(surroundings).parseAsync(process.argv);
