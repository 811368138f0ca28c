import { expect, test } from 'vitest';
import { codeOf, importsOf, type SourceFile, sourceFiles } from './sources.ts';

/** What a pure function cannot use: the outside world, time, chance, and waiting for either. */
const impure =
  /\b(?:Date|performance|process|setTimeout|setInterval|setImmediate|queueMicrotask|fetch|console|globalThis|require|crypto|async|await)\b|\bMath\.random\b|\bnew Promise\b|^\s*(?:export )?(?:abstract )?class\b/m;

/** Packages that are pure themselves; of others only types may be imported. */
const purePackages = new Set(['@holdfast/kit', '@holdfast/wire', '@holdfast/ipvs-netlink/table']);

const logic = sourceFiles(/^packages\/[^/]+\/src\/logic\/.*\.ts$/);

/** Why a file of `logic/` is not pure. */
function impurities({ path, text }: SourceFile): readonly string[] {
  const word = impure.exec(codeOf(text))?.[0].trim();
  const valueImports = text.replace(/\b(?:import|export)\s+type\s[^;]*;/g, '');
  const foreign = importsOf(valueImports).filter((name) => !isAllowed(name));
  return [
    ...(word === undefined ? [] : [`${path} uses ${word}`]),
    ...foreign.map((name) => `${path} imports ${name}`),
  ];
}

const isAllowed = (name: string): boolean =>
  purePackages.has(name) ||
  (name.startsWith('./') && !name.includes('..')) ||
  /^\.\.\/(?!system|worker)/.test(name);

test('there is logic to look at', () => {
  expect(logic.length).toBeGreaterThan(3);
});

test('logic/ imports no I/O, no clock and no randomness', () => {
  expect(logic.flatMap(impurities)).toEqual([]);
});

test.each([
  ["import { readFileSync } from 'node:fs';", 'imports node:fs'],
  ["import { parseConfig } from '@holdfast/config';", 'imports @holdfast/config'],
  ["import { openWire } from '../system/wire.ts';", 'imports ../system/wire.ts'],
  ['export const now = () => Date.now();', 'uses Date'],
  ['const roll = Math.random();', 'uses Math.random'],
  ['export async function step() {}', 'uses async'],
  ['export class Machine {}', 'uses export class'],
])('the check finds %s', (text, complaint) => {
  expect(impurities({ path: 'x', text })).toContain(`x ${complaint}`);
});

test.each([
  "import type { Config } from '@holdfast/config';",
  "import { micros } from '@holdfast/kit';",
  '/** No Date and no process here. */',
  "const text = 'process the Date';",
])('the check lets %s be', (text) => {
  expect(impurities({ path: 'x', text })).toEqual([]);
});
