import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sourceHash } from '../scripts/source-hash.mjs';
import { loadAddon } from '../src/index.ts';

const prebuilt = fileURLToPath(new URL('../prebuilds/linux-x64/holdfast.node', import.meta.url));

test('an addon that is nowhere is reported with each file that was tried and what to do', () => {
  const other = fileURLToPath(import.meta.url);
  const load = (): unknown =>
    loadAddon(['/nowhere/holdfast.node', other.replace('load.test.ts', 'child.ts')]);
  expect(load).toThrow(/nowhere\/holdfast.node: there is no such file/);
  expect(load).toThrow(/npm run setup/);
});

test('the first file that loads is taken', () => {
  expect(loadAddon(['/nowhere/holdfast.node', prebuilt]).monotonicMicros()).toBeGreaterThan(0);
});

test('the prebuilt addon was built from these sources (else: node packages/native/scripts/build.mjs --prebuild)', () => {
  const recorded = readFileSync(prebuilt.replace('holdfast.node', 'SOURCE-HASH'), 'utf8').trim();
  expect(existsSync(prebuilt)).toBe(true);
  expect(recorded).toBe(sourceHash());
});
