import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { exitCodeOf, parseConfig } from '@holdfast/config';
import { address } from '@holdfast/kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { languageExamples } from './support/language-examples.ts';

const namespace = `hf-language-${process.pid}`;

const interfaces = new Map([
  ['lo', []],
  ['eth0', [{ address: address('10.0.0.2'), prefixLength: 24 }]],
  ['eth1', []],
]);

/** Where our exit status is not that of keepalived 2.2.7, and why. Ours, theirs. */
const exceptions: ReadonlyMap<string, readonly [ours: number, theirs: number, why: string]> = new Map([
  ['nul2', [5, 0, 'newer versions ignore a line with a NUL byte and say so; 2.2.7 cuts it there']],
  ['1023', [5, 0, 'newer versions drop a line that is too long and say so; 2.2.7 reads its end as a line']],
  ['cont2', [0, 5, 'newer versions take a backslash at the end of a line for a word too many']],
  ['random2', [5, 0, 'newer versions check the bounds of _RANDOM']],
  ['condition before include', [0, 5, '2.2.7 reads the file twice']],
]);

describeWith({ root: true, tools: ['keepalived', 'ip'] }, 'the language, held against keepalived -t', () => {
  let folder = '';

  beforeAll(() => {
    execFileSync('ip', ['netns', 'add', namespace]);
    for (const name of ['eth0', 'eth1']) {
      execFileSync('ip', ['-n', namespace, 'link', 'add', name, 'type', 'bridge']);
      execFileSync('ip', ['-n', namespace, 'link', 'set', name, 'up']);
    }
    execFileSync('ip', ['-n', namespace, 'addr', 'add', '10.0.0.2/24', 'dev', 'eth0']);
  });

  afterAll(() => {
    execFileSync('ip', ['netns', 'del', namespace]);
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(languageExamples)('$name: the verdict is that of keepalived', ({ name, text, others = {} }) => {
    rmSync(folder, { recursive: true, force: true });
    folder = mkdtempSync(join(tmpdir(), 'hf-language-'));
    for (const [file, content] of Object.entries(others)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content, { mode: 0o644 });
    }
    const path = join(folder, 'keepalived.conf');
    writeFileSync(path, text, { mode: 0o644 });
    const command = ['netns', 'exec', namespace, 'keepalived', '-t', '-f', path, '-i', 'r1'];
    const theirs = spawnSync('ip', command, { encoding: 'utf8', timeout: 20_000, cwd: folder });
    const { diagnostics } = parseConfig({ path, configId: 'r1', interfaces, environment: process.env });
    const context = `${theirs.stderr}\n${diagnostics.map(({ line, code }) => `${line} ${code}`).join('\n')}`;
    const expected = exceptions.get(name)?.slice(0, 2) ?? [theirs.status, theirs.status];
    expect([exitCodeOf(diagnostics), theirs.status], context).toEqual(expected);
  });
});
