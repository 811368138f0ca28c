import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';

/** Packages that only core and the operator's command may load: they would make every worker big and slow to start. */
const heavy = ['zod', 'pino', 'execa', 'commander'];

/** The npm packages of which code ends up in the bundle of an entry. */
async function packagesIn(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [join(rootFolder, entry)],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    external: ['raw-socket'],
    logLevel: 'silent',
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  return [
    ...new Set(inputs.flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? [])),
  ];
}

test.each(['vrrp', 'healthcheck'])('the %s worker loads no zod, pino or execa', async (name) => {
  const packages = await packagesIn(`packages/${name}/src/worker.ts`);
  expect(packages.filter((name) => heavy.includes(name))).toEqual([]);
});

test('the check sees what a bundle contains', async () => {
  expect(await packagesIn('packages/core/src/main.ts')).toContain('pino');
});

test('the launchers that pnpm links exist and can be executed', () => {
  for (const name of ['packages/core/bin/holdfastd', 'packages/cli/bin/holdfast']) {
    expect(existsSync(join(rootFolder, name)), name).toBe(true);
  }
});
