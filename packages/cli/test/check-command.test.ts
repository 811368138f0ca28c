import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { program } from '../src/program.ts';

const directory = mkdtempSync(join(tmpdir(), 'hf-check-'));
afterAll(() => rmSync(directory, { recursive: true }));

const router = (priority: string): string =>
  `vrrp_instance V {\n  interface eth0\n  virtual_router_id 51\n${priority}\n  virtual_ipaddress {\n    10.0.0.9/24\n  }\n}\n`;
const files = {
  'a.conf': router('  priority 100'),
  'b.conf': router('  priority 50'),
  'both.conf': router('  @left priority 100\n  @right priority 50'),
  'wrong.conf': router('  prioriti 50'),
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text, { mode: 0o644 });

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
  }).parse(['node', 'holdfast', 'check', ...words]);
  return said;
}

test.each([
  ['a.conf --no-interfaces', 0, 'a.conf: no complaints'],
  ['a.conf wrong.conf --no-interfaces', 2, 'did you mean priority?'],
  ['--pair a.conf b.conf', 0, 'a.conf and b.conf: no complaints'],
  ['--pair a.conf a.conf', 2, 'pair-equal-priority'],
  ['--pair a.conf wrong.conf', 2, 'pair-file-with-errors'],
  ['--pair both.conf both.conf -i left,right', 0, 'both.conf@left and both.conf@right: no complaints'],
  ['--pair both.conf both.conf -i left', 2, 'pair-equal-priority'],
])('check %s has status %i and says %j', (words, status, expected) => {
  const said = run(...words.split(' '));
  expect([said.status, said.err]).toEqual([status, '']);
  expect(said.out).toContain(expected);
});

test.each([['--pair a.conf'], ['--pair a.conf b.conf -i one,two,three']])(
  'check %s is told what is missing',
  (words) => {
    const said = run(...words.split(' '));
    expect([said.status, said.out]).toEqual([2, '']);
    expect(said.err).toContain('--pair takes two files or more');
  },
);
