import { basename, dirname, join } from 'node:path';
import { type MemoryFile, memoryFiles, parseConfig } from '@holdfast/config';
import { expect, test } from 'vitest';
import { type SourceFile, sourceFiles } from './sources.ts';

const files = sourceFiles(/^conf\//);
const examples = files.filter(({ path }) => path.endsWith('.conf'));

/** What lies beside an example is on its reader's machine in /etc/keepalived. */
const beside = ({ path }: SourceFile): Readonly<Record<string, MemoryFile>> =>
  Object.fromEntries(
    files
      .filter((file) => dirname(file.path) === dirname(path) && file.path.endsWith('.sh'))
      .map((file) => [join('/etc/keepalived', basename(file.path)), file.text]),
  );

test.each(examples.map((file) => [file.path, file] as const))('%s has no error and no warning', (_, file) => {
  const path = '/etc/keepalived/keepalived.conf';
  const { config, diagnostics } = parseConfig({
    path,
    configId: 'here',
    files: memoryFiles({ [path]: file.text, ...beside(file) }),
    thorough: true,
  });
  expect(diagnostics.filter(({ severity }) => severity !== 'note')).toEqual([]);
  expect(config.vrrpInstances.length).toBeGreaterThan(0);
});

test('there are examples', () => expect(examples.length).toBeGreaterThan(8));
