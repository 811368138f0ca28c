import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address, seconds } from '@holdfast/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RestartNote } from '../../src/restart/decision.ts';
import { takeRestartNote, writeRestartNote } from '../../src/restart/note.ts';

const note: RestartNote = {
  place: 'here',
  configuration: 'f00',
  leftAt: seconds(7),
  instances: [
    {
      name: 'VI_1',
      phase: 'master',
      lastAdvertAt: seconds(6),
      masterAdvertInterval: seconds(1),
      masterDownInterval: seconds(3),
      addresses: [
        {
          address: address('2001:db8::9'),
          prefixLength: 64,
          interface: 'eth0',
          scope: 0,
          label: undefined,
          broadcast: undefined,
          peer: undefined,
          noPrefixRoute: true,
          noTrack: false,
        },
      ],
      scripts: [{ name: 'chk', verdict: 'good', streak: 0 }],
    },
  ],
  pools: {
    pools: [
      {
        key: 'tcp/10.0.0.9:80',
        quorum: 'up',
        servers: [
          {
            key: '10.0.0.11:80',
            alive: false,
            checkers: [{ up: false, hasRun: true, failures: 3, weightOffset: 0 }],
          },
        ],
      },
    ],
    written: [{ kind: 'address', protocol: 'tcp', address: address('10.0.0.9'), port: 80 }],
    settled: ['tcp/10.0.0.9:80'],
    unsettled: [],
  },
  orders: {
    handedOver: ['VI_2'],
    wishes: { 'tcp/10.0.0.9:80': [{ server: '10.0.0.11:80', override: { kind: 'weight', weight: 5 } }] },
  },
};

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'note-'));
  path = join(folder, 'k.pid.restart');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what was written is read once, and only its user may read it', () => {
  expect(writeRestartNote(path, note).ok).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(takeRestartNote(path)).toEqual(note);
  expect(readdirSync(folder)).toEqual([]);
  expect(takeRestartNote(path)).toBeUndefined();
});

test.each([
  ['is empty', ''],
  ['is cut off', JSON.stringify(note).slice(0, 300)],
  ['lacks the pools', JSON.stringify({ ...note, pools: undefined })],
  ['names no address', JSON.stringify(note).replace('2001:db8::9', 'nowhere')],
])('a note that %s says nothing, and is removed', (_, text) => {
  writeFileSync(path, text);
  expect(takeRestartNote(path)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

test('a symbolic link is not followed', () => {
  const elsewhere = join(folder, 'elsewhere');
  writeRestartNote(elsewhere, note);
  symlinkSync(elsewhere, path);
  expect(takeRestartNote(path)).toBeUndefined();
});

test('a folder that cannot be written to is a reason', () => {
  chmodSync(folder, 0o500);
  const written = writeRestartNote(join(folder, 'missing', 'k.restart'), note);
  expect(written.ok ? '' : written.error).toContain('ENOENT');
});
