import { memoryFiles, parseConfig } from '@holdfast/config';
import { fail, ok, seconds } from '@holdfast/kit';
import type { SavedInstance } from '@holdfast/vrrp';
import { expect, test } from 'vitest';
import type { Reading } from '../../src/daemon/configuration.ts';
import { fingerprinting } from '../../src/restart/fingerprint.ts';
import { type LeavePorts, prepareToLeave } from '../../src/restart/leave.ts';

const saved = (name: string, phase: SavedInstance['phase'], interval: number): SavedInstance => ({
  name,
  phase,
  lastAdvertAt: seconds(1),
  masterAdvertInterval: seconds(1),
  masterDownInterval: seconds(interval),
  addresses: [],
  scripts: [],
});

const text = 'global_defs {\n}\n';
const reading: Reading = {
  config: parseConfig({ path: '/k.conf', configId: 'x', files: memoryFiles({ '/k.conf': text }) }).config,
  fingerprint: 'f00',
  remarks: [],
  notInEffect: [],
  scripts: { disabled: [], tolerated: [] },
  testStatus: 0,
  refusal: undefined,
  againstReload: () => [],
};

const limited: string[][] = [];
const ports = (more: Partial<LeavePorts>): LeavePorts => ({
  read: async () => reading,
  inForce: 'f00',
  saved: () => [saved('a', 'master', 3), saved('quick', 'master', 0.3), saved('b', 'backup', 3)],
  limit: async (masters) => {
    limited.push(masters.map(({ name }) => name));
    return ok(undefined);
  },
  log: () => undefined,
  ...more,
});

test('who can stay stays, and the addresses of masters among them are limited', async () => {
  limited.length = 0;
  expect((await prepareToLeave(ports({})))?.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(limited).toEqual([['a']]);
});

test.each([
  ['the file is another one', { inForce: 'other' }],
  [
    'the file cannot be read',
    { read: async () => ({ ...reading, refusal: { status: 6, line: 'x', isRemark: false } }) },
  ],
  ['the kernel gives no lifetimes', { limit: async () => fail('EOPNOTSUPP') }],
])('%s: it is an ordinary stop, and the log says why', async (_, more) => {
  const said: string[] = [];
  expect(await prepareToLeave(ports({ ...more, log: ({ id }) => said.push(id) }))).toBeUndefined();
  expect(said).toHaveLength(2);
});

test.each([
  ['the same again', { '/k.conf': 'include d.conf\n', '/d.conf': text }, 'x', true],
  [
    'another content of an included file',
    { '/k.conf': 'include d.conf\n', '/d.conf': `${text}\n` },
    'x',
    false,
  ],
  ['another id', { '/k.conf': 'include d.conf\n', '/d.conf': text }, 'y', false],
])('the fingerprint tells %s', (_, files, id, same) => {
  const of = (content: Readonly<Record<string, string>>, configId: string): string => {
    const watched = fingerprinting(memoryFiles(content));
    const { files: paths } = parseConfig({ path: '/k.conf', directory: '/', configId, files: watched.files });
    expect(paths).toEqual(['/k.conf', '/d.conf']);
    return watched.fingerprint(paths, configId);
  };
  const before = of({ '/k.conf': 'include d.conf\n', '/d.conf': text }, 'x');
  expect(of(files, id) === before).toBe(same);
});
