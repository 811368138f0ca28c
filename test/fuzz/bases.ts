import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wiredExamples } from '../../packages/config/test/keywords/examples.ts';
import { rootFolder } from '../lab-support/root-folder.ts';
import { sharedFolder } from '../support/shared-folder.ts';
import { languageExamples } from '../system/support/language-examples.ts';
import { asBytes, type FuzzCase, plainCase } from './fuzz-case.ts';

/** Longer files make slow cases, and say little more. */
const longest = 6000;

/** Configurations to begin with, by where they come from; those of the reference only where it is there. */
export function baseCases(): Readonly<Record<string, readonly FuzzCase[]>> {
  const shared = sharedFolder();
  return {
    published: shared === undefined ? [] : inFolder(join(shared, 'corpus', 'files')).map(hereabouts),
    examples: ['demo', 'lvs-dr', 'lvs-nat', 'nginx-pair', 'unicast']
      .flatMap((folder) => inFolder(join(rootFolder, 'conf', folder)))
      .map(hereabouts),
    keywords: wiredExamples.map((example) => plainCase(asBytes(example.with))),
    language: languageExamples.map(({ text, others = {} }) => ({
      text: typeof text === 'string' ? asBytes(text) : Buffer.from(text).toString('latin1'),
      others: Object.fromEntries(Object.entries(others).map(([name, content]) => [name, asBytes(content)])),
    })),
  };
}

const inFolder = (folder: string): readonly FuzzCase[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.conf'))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .filter((text) => text.length <= longest)
    .map(plainCase);

/** With the names of interfaces that are there: otherwise each verdict would be about the machine. */
function hereabouts({ text, others }: FuzzCase): FuzzCase {
  const named = [...text.matchAll(/^[ \t]*interface[ \t]+([\w.-]{1,15})[ \t]*\r?$/gm)];
  const names = [...new Set(named.flatMap(([, name]) => name ?? []))];
  return {
    text: names.reduce(
      (now, name, index) =>
        now.replace(
          new RegExp(`(?<![\\w.-])${name.replaceAll('.', '\\.')}(?![\\w.-])`, 'g'),
          index === 0 ? 'eth0' : 'eth1',
        ),
      text,
    ),
    others,
  };
}
