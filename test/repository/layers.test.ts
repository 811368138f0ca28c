import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, type SourceFile, sourceFiles } from './sources.ts';

/** The packages from the ground up: each may import only from those that stand before it. */
const order = [
  'kit',
  'wire',
  'native',
  'netlink',
  'ipvs-netlink',
  'config',
  'vrrp',
  'healthcheck',
  'bfd',
  'core',
  'cli',
  'simulator',
];

const packageOf = (path: string): string => /^packages\/([^/]+)\//.exec(path)?.[1] ?? '';

/** Imports of a file that its package may not have. */
function misplaced({ path, text }: SourceFile): readonly string[] {
  const own = order.indexOf(packageOf(path));
  return importsOf(text)
    .filter((name) => name.startsWith('@holdfast/') || /^(?:\.\.\/)+packages\//.test(name))
    .filter((name) => {
      const used = order.indexOf(name.replace(/^.*?(?:@holdfast|packages)\//, '').split('/')[0] ?? '');
      return used < 0 || used >= own;
    })
    .map((name) => `${path} imports ${name}`);
}

test('every package has its place in the order', () => {
  const packages = new Set(
    sourceFiles(/^packages\/[^/]+\/package\.json$/).map(({ path }) => packageOf(path)),
  );
  expect([...packages].filter((name) => !order.includes(name))).toEqual([]);
});

test('packages import only from packages that stand above them', () => {
  expect(sourceFiles(/^packages\/[^/]+\/src\/.*\.ts$/).flatMap(misplaced)).toEqual([]);
});

test('what a package imports is among its dependencies', () => {
  const manifests = new Map(
    sourceFiles(/^packages\/[^/]+\/package\.json$/).map(({ path, text }) => [packageOf(path), text]),
  );
  const missing = sourceFiles(/^packages\/[^/]+\/src\/.*\.ts$/).flatMap(({ path, text }) =>
    importsOf(text)
      .filter((name) => name.startsWith('@holdfast/'))
      .filter(
        (name) => !manifests.get(packageOf(path))?.includes(`"${name.split('/').slice(0, 2).join('/')}"`),
      )
      .map((name) => `${path} imports ${name}`),
  );
  expect(missing).toEqual([]);
});

test.each([
  ['packages/wire/src/x.ts', "import { a } from '@holdfast/vrrp';"],
  ['packages/vrrp/src/x.ts', "export * from '@holdfast/core';"],
  ['packages/kit/src/x.ts', "import type { a } from '../../../packages/wire/src/index.ts';"],
])('the check finds that %s may not say %s', (path, text) => {
  expect(misplaced({ path, text })).toHaveLength(1);
});

/** Files that import each other in a circle, types included, and what lies between two circles. */
function inCircles(files: readonly SourceFile[]): readonly string[] {
  const imports = new Map(
    files.map(({ path, text }) => [path, importsOf(text).map((name) => join(path, '..', name))]),
  );
  for (let before = -1; imports.size !== before; ) {
    before = imports.size;
    const used = new Set([...imports.values()].flat());
    for (const [path, names] of imports)
      if (!used.has(path) || !names.some((name) => imports.has(name))) imports.delete(path);
  }
  return [...imports.keys()];
}

test('no files import each other in a circle, not for types either', () => {
  expect(inCircles(sourceFiles(/^(?:packages|test|scripts)\/.*\.m?[tj]s$/))).toEqual([]);
});

test('the check finds a circle of three, and nothing but it', () => {
  const files = [
    { path: 'p/a.ts', text: "import type { B } from './b.ts';" },
    { path: 'p/b.ts', text: "export * from './q/c.ts';" },
    { path: 'p/q/c.ts', text: "import { a } from '../a.ts';" },
    { path: 'p/leaf.ts', text: 'export const one = 1;' },
    { path: 'p/root.ts', text: "import { a } from './a.ts';\nimport { one } from './leaf.ts';" },
  ];
  expect(inCircles(files)).toEqual(['p/a.ts', 'p/b.ts', 'p/q/c.ts']);
});

test('C++ stands only in packages/native', () => {
  const native = sourceFiles(/\.(?:c|cc|cpp|cxx|h|hh|hpp|gyp|rs|go)$/);
  expect(native.length).toBeGreaterThan(0);
  expect(native.filter(({ path }) => !path.startsWith('packages/native/')).map(({ path }) => path)).toEqual(
    [],
  );
});
