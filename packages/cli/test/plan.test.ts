import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { program } from '../src/program.ts';

const directory = mkdtempSync(join(tmpdir(), 'hf-plan-'));
afterAll(() => rmSync(directory, { recursive: true }));

const router = (lines: string): string =>
  `vrrp_instance V {\n  interface eth0\n  virtual_router_id 51\n  priority 150\n${lines}\n  virtual_ipaddress {\n    10.0.0.9/24\n  }\n}\n`;
const files = {
  'a.conf': router(''),
  'lower.conf': router('  priority 50'),
  'later.conf': router('  preempt_delay 5'),
  'wrong.conf': router('  priority 500'),
  'empty.conf': '',
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text, { mode: 0o644 });

async function run(...words: readonly string[]) {
  const said = { out: '', err: '', status: -1 };
  await program({
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
  }).parseAsync(['node', 'holdfast', 'plan', '--no-interfaces', ...words]);
  return said;
}

test.each([
  ['a.conf a.conf', 0, 'A reload would change nothing.'],
  ['a.conf later.conf', 1, 'preempt_delay: 0 s -> 5 s'],
  ['a.conf later.conf', 1, 'no master changes by it'],
  ['a.conf lower.conf', 1, 'priority: 150 -> 50'],
  ['a.conf lower.conf', 1, 'a master may change by: vrrp_instance V.'],
  ['a.conf lower.conf', 1, '= kept: 1 virtual_ipaddress'],
  ['a.conf wrong.conf', 2, 'wrong.conf: Line 5) priority 500 is outside'],
  ['a.conf wrong.conf', 2, '`holdfast check wrong.conf` tells them'],
  ['a.conf empty.conf', 2, 'the daemon keeps what it runs'],
])('plan %s has status %i and says %j', async (words, status, expected) => {
  const said = await run(...words.split(' '));
  expect([said.status, said.err]).toEqual([status, '']);
  expect(said.out).toContain(expected);
});

test('a file that is not there is named', async () => {
  const said = await run('a.conf', 'none.conf');
  expect([said.status, said.out]).toEqual([2, '']);
  expect(said.err).toContain('cannot read none.conf');
});

test('programs get the same as data', async () => {
  const { out } = await run('a.conf', 'lower.conf', '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({
    from: 'a.conf',
    to: 'lower.conf',
    refused: [],
    plan: [
      { kind: 'global_defs', fate: 'kept' },
      {
        kind: 'vrrp_instance',
        name: 'V',
        fate: 'changed',
        changes: [{ property: 'priority', before: '150', after: '50' }],
        parts: [{ kind: 'virtual_ipaddress', name: '10.0.0.9/24 dev eth0', fate: 'kept' }],
      },
    ],
  });
});

test.each([
  ['more than two files are too many', ['a.conf', 'a.conf', 'a.conf'], 'name two at most'],
  ['one file is compared with a daemon, which is not there', ['a.conf'], 'no daemon answers'],
  ['no file needs a daemon', [], 'start holdfastd'],
])('%s', async (_, words, expected) => {
  const said = await run(...words, '--socket', join(directory, 'none.sock'));
  expect([said.status, said.out]).toEqual([2, '']);
  expect(said.err).toContain(expected);
});
