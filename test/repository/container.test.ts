import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { variables } from '../../packages/cli/src/container/variables.ts';
import { rootFolder } from '../lab-support/root-folder.ts';

const textOf = (path: string): string => readFileSync(join(rootFolder, path), 'utf8');
const known = Object.keys(variables);

test('docker/README.md describes every variable of the container, and no other', () => {
  const described = [...textOf('docker/README.md').matchAll(/^\| `(HOLDFAST_\w+)`/gm)].map(
    ([, name]) => name,
  );
  expect(described).toHaveLength(known.length);
  expect(new Set(described)).toEqual(new Set(known));
});

test.each(['pair', 'directors'])('%s.yaml sets only variables that there are', (name) => {
  const set = [...textOf(`docker/${name}.yaml`).matchAll(/^ +(HOLDFAST_\w+):/gm)].map(([, found]) => found);
  expect(set.length).toBeGreaterThan(1);
  expect(set.filter((found) => !known.includes(found ?? ''))).toEqual([]);
});

test('the Dockerfile names files and bundles that there are', () => {
  const dockerfile = textOf('docker/Dockerfile');
  expect(existsSync(join(rootFolder, 'scripts', 'package.mjs'))).toBe(true);
  expect(textOf('scripts/build.mjs')).toContain("'holdfast-container': 'packages/cli/src/container/main.ts'");
  const pnpm = /"packageManager": "(pnpm@[\d.]+)"/.exec(textOf('package.json'))?.[1] ?? 'none';
  expect(dockerfile).toContain(`npx -y ${pnpm} install --frozen-lockfile`);
  const version = /"version": "([^"]+)"/.exec(textOf('package.json'))?.[1] ?? 'none';
  expect(dockerfile).toContain(`org.opencontainers.image.version="${version}"`);
  expect(textOf('scripts/package/files/install.sh')).toMatch(/--prefix\b[\s\S]*--no-service\b/);
});
