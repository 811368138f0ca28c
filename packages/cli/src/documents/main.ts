import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { program } from '../program.ts';
import { version } from '../version.ts';
import { documents } from './documents.ts';

const nothing = (): void => undefined;
const command = program({
  environment: {},
  directory: '/',
  isTerminal: false,
  write: nothing,
  writeError: nothing,
  exit: nothing,
});

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('usage: documents FOLDER\n');
  process.exitCode = 2;
} else {
  for (const [name, text] of documents(command, version)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
