import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { program } from '../src/program.ts';

const directory = mkdtempSync(join(tmpdir(), 'hf-show-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = join(directory, 'a.conf');
writeFileSync(
  path,
  'vrrp_instance V {\n  interface eth0\n  virtual_router_id 51\n  priority 500\n  virtual_ipaddress {\n    10.0.0.9/24\n  }\n}\n',
  { mode: 0o644 },
);

function run(...words: readonly string[]) {
  const said = { out: '', err: '', status: -1 };
  program({
    environment: {},
    directory,
    isTerminal: false,
    write: (text) => {
      said.out += text;
    },
    writeError: (text) => {
      said.err += text;
    },
    exit: (status) => {
      said.status = status;
    },
  }).parse(['node', 'holdfast', 'show', 'config', '--no-interfaces', ...words]);
  return said;
}

const written = 'vrrp_instance V\n  interface: eth0';
test.each([
  [
    ['a.conf', '--effective'],
    [`preempt_delay: 0 s  (default)`, 'virtual_router_id: 51', 'vrrp_instance V\n'],
  ],
  [['a.conf'], [written, `priority: 100  (repaired, ${path}:4)`, `virtual_router_id: 51  (${path}:3)`]],
])('show config %j tells values with their origin', (words, expected) => {
  const said = run(...words);
  expect([said.status, said.err]).toEqual([0, '']);
  for (const text of expected) expect(said.out).toContain(text);
  expect(said.out.includes('(default)')).toBe(words.includes('--effective'));
});

test('programs get the values as data', () => {
  expect(JSON.parse(run('a.conf', '--format', 'json').out)).toContainEqual({
    block: 'vrrp_instance V',
    keyword: 'virtual_router_id',
    value: '51',
    origin: { kind: 'file', file: path, line: 3 },
    inEffect: true,
  });
});

test('a file that is not there is named', () => {
  expect(run('none.conf')).toEqual({
    out: '',
    status: 2,
    err: expect.stringContaining('cannot read none.conf'),
  });
});

test('with --typed it prints the objects that would run, without passwords', () => {
  const secret = join(directory, 'secret.conf');
  writeFileSync(
    secret,
    'vrrp_instance V {\n  interface eth0\n  virtual_router_id 51\n  authentication {\n    auth_type PASS\n    auth_pass hunter2\n  }\n  virtual_ipaddress {\n    10.0.0.9/24\n  }\n}\n',
    { mode: 0o644 },
  );
  const { out, status } = run('secret.conf', '--typed');
  expect(status).toBe(0);
  expect(out).not.toContain('hunter2');
  expect(JSON.parse(out)).toMatchObject({
    vrrpInstances: [{ name: 'V', advertInterval: 1_000_000, authentication: { type: 'pass', password: '' } }],
  });
});
