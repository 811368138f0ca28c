import { spawnSync } from 'node:child_process';
import { keywordFacts } from '@holdfast/config';
import { switches } from '@holdfast/core';
import { expect, test } from 'vitest';
import { describeWith } from '../../../../test/support/requirements.ts';
import { documents } from '../../src/documents/documents.ts';
import { roff } from '../../src/documents/roff.ts';
import { genhashHelp } from '../../src/genhash/help.ts';
import { program } from '../../src/program.ts';

const nothing = (): void => undefined;
const command = program({
  environment: {},
  directory: '/',
  isTerminal: false,
  write: nothing,
  writeError: nothing,
  exit: nothing,
});
const all = documents(command, '1.2.3');
const text = (name: string): string => all.get(name) ?? '';
const manuals = [
  'man/man1/genhash.1',
  'man/man1/holdfast.1',
  'man/man5/holdfast.conf.5',
  'man/man8/holdfastd.8',
];

const reference = [...all].filter(([name]) => name.includes('/reference/')).map(([, page]) => page);

test('every keyword stands in the manual and in the reference, with its meaning', () => {
  const [manual, pages] = [text('man/man5/holdfast.conf.5'), reference.join('\n')];
  const missing = keywordFacts().filter(
    ({ keyword, meaning }) =>
      !manual.includes(`.TP\n\\fB${roff(keyword)}`) ||
      !manual.includes(roff(meaning)) ||
      !pages.includes(`\`${keyword}`) ||
      !pages.includes(meaning),
  );
  expect(missing.map(({ path }) => path)).toEqual([]);
});

test('the pages of the reference have no dead link', () => {
  const links = reference.flatMap((page) =>
    [...page.matchAll(/\]\(([a-z_]+\.md)\)/g)].map(([, link]) => link),
  );
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !all.has(`doc/holdfast/reference/${link ?? ''}`))).toEqual([]);
});

test('the schema of the configuration is among them', () => {
  expect(JSON.parse(text('doc/holdfast/reference/configuration.schema.json'))).toMatchObject({
    type: 'object',
  });
});

test('every switch stands in the manual of the daemon', () => {
  const manual = text('man/man8/holdfastd.8');
  expect(switches.filter(({ long }) => !manual.includes(roff(`--${long}`))).map(({ long }) => long)).toEqual(
    [],
  );
});

test('every option of genhash stands in its manual', () => {
  const options = genhashHelp.match(/--[a-z-]+/g) ?? [];
  expect(options.length).toBeGreaterThan(8);
  expect(options.filter((option) => !text('man/man1/genhash.1').includes(roff(option)))).toEqual([]);
});

test('every command and every option stands in the manual and in both completions', () => {
  const words = command.commands.flatMap((one) => [
    one.name(),
    ...one.options.flatMap(({ long }) => long ?? []),
  ]);
  expect(words.length).toBeGreaterThan(20);
  for (const name of ['bash-completion/completions/holdfast', 'zsh/site-functions/_holdfast'])
    expect(words.filter((word) => !text(name).includes(word))).toEqual([]);
  expect(words.filter((word) => !text('man/man1/holdfast.1').includes(roff(word)))).toEqual([]);
});

test.each(manuals)('%s is ASCII, and no text of it is taken for a command', (name) => {
  const page = text(name);
  expect(page).toMatch(/^\.TH /);
  expect(page).not.toMatch(/[^\n\x20-\x7e]/);
  const requests = page.split('\n').filter((line) => /^[.']/.test(line));
  expect(requests.filter((line) => !/^\.(?:TH|SH|SS|TP|PP|nf|fi|br)\b/.test(line))).toEqual([]);
});

test.each([
  ['.so /etc/passwd', '\\&.so /etc/passwd'],
  ["'tis", '\\[aq]tis'],
  ['a\\nb', 'a\\enb'],
  ['--x', '\\-\\-x'],
  ['§6', '\\[u00A7]6'],
])('troff shows %j as it is', (words, expected) => {
  expect(roff(words)).toBe(expected);
});

describeWith({ tools: ['groff'] }, 'troff', () => {
  test.each(manuals)('sets %s without a warning', (name) => {
    const { stdout, stderr, status } = spawnSync('groff', ['-ww', '-man', '-Tutf8', '-rLL=80n'], {
      input: text(name),
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.length).toBeGreaterThan(1000);
  });
});

/** What bash offers behind a line whose last word is begun. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `${text('bash-completion/completions/holdfast')}
COMP_WORDS=(holdfast "$@"); COMP_CWORD=$#
_holdfast; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

test.each([
  [['pl'], ['plan']],
  [['c'], ['check', 'completion']],
  [['check', '--pa'], ['--pair']],
  [
    ['check', '--format', ''],
    ['text', 'json', 'github'],
  ],
  [['status', '--so'], ['--socket']],
  [['explain', 'prior'], ['priority']],
  [['explain', 'priority', 'weight-m'], ['weight-must-cross']],
  [['show', ''], ['config']],
  [['show', 'config', '/etc/passw'], ['/etc/passwd']],
  [['completion', 'z'], ['zsh']],
  [['plan', '/etc/passw'], ['/etc/passwd']],
])('bash completes %j to %j', (words, expected) => {
  expect(offered(...words)).toEqual(expect.arrayContaining(expected));
});
