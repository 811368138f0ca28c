import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address } from '@holdfast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HeldAddress, heldAddresses } from '../../src/system/held-addresses.ts';

const held: readonly HeldAddress[] = [
  { interface: 'eth0', address: address('10.0.0.200'), prefixLength: 24, peer: undefined },
  {
    interface: 'eth1',
    address: address('10.1.0.1'),
    prefixLength: 32,
    peer: { address: address('10.1.0.2'), prefixLength: 32 },
  },
];

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'held-'));
  path = join(folder, 'k.pid.addresses');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a successor finds what was noted last', () => {
  heldAddresses(path, 'here').note([]);
  heldAddresses(path, 'here').note(held);
  expect(heldAddresses(path, 'here').left()).toEqual(held);
  expect(readdirSync(folder)).toEqual(['k.pid.addresses']);
});

test('another boot or network namespace has left nothing here', () => {
  heldAddresses(path, 'there').note(held);
  expect(heldAddresses(path, 'here').left()).toEqual([]);
});

test.each([
  ['is missing', undefined],
  ['is empty', ''],
  ['is cut off', '{"place":"here","addresses":[{"inter'],
  ['names no address', '{"place":"here","addresses":[{"interface":"eth0","address":"x","prefixLength":1}]}'],
])('a note that %s holds nothing', (_what, text) => {
  if (text !== undefined) writeFileSync(path, text);
  expect(heldAddresses(path, 'here').left()).toEqual([]);
});

test('what stands there already is not written again', () => {
  const one = heldAddresses(path, 'here');
  one.note(held);
  const before = statSync(path).ino;
  one.note(held);
  expect(statSync(path).ino).toBe(before);
  one.note([]);
  expect(one.left()).toEqual([]);
});

test('where it cannot be written, the reason is told and nothing is thrown', () => {
  const reasons: string[] = [];
  heldAddresses(join(folder, 'missing', 'x'), 'here', (reason) => reasons.push(reason)).note(held);
  expect(reasons.join()).toContain('ENOENT');
});

test('after an orderly end nothing is left', () => {
  const one = heldAddresses(path, 'here');
  one.note(held);
  one.remove();
  expect(readdirSync(folder)).toEqual([]);
});
