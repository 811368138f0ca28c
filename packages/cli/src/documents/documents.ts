import { configurationSchema } from '@holdfast/config/schema';
import type { Command } from 'commander';
import { commandManual } from './command-manual.ts';
import { bashCompletion, zshCompletion } from './completion.ts';
import { configurationManual } from './configuration-manual.ts';
import { daemonManual } from './daemon-manual.ts';
import { genhashManual } from './genhash-manual.ts';
import { referencePages } from './reference-pages.ts';

/** Everything that is written from the tables, by its path: manual pages, completions, the reference, the schema. */
export const documents = (command: Command, version: string): ReadonlyMap<string, string> =>
  new Map([
    ['man/man1/holdfast.1', commandManual(command, version)],
    ['man/man1/genhash.1', genhashManual(version)],
    ['man/man5/holdfast.conf.5', configurationManual(version)],
    ['man/man8/holdfastd.8', daemonManual(version)],
    ['bash-completion/completions/holdfast', bashCompletion(command)],
    ['zsh/site-functions/_holdfast', zshCompletion(command)],
    [
      'doc/holdfast/reference/configuration.schema.json',
      `${JSON.stringify(configurationSchema(), undefined, 2)}\n`,
    ],
    ...[...referencePages()].map(([name, text]) => [`doc/holdfast/reference/${name}`, text] as const),
  ]);
