import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extensions } from '@holdfast/config';
import { afterAll, expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';

describeWith({ root: true, tools: ['keepalived'] }, 'what keepalived does not have', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hf-extensions-'));
  const path = join(folder, 'keepalived.conf');
  const verdict = (text: string): number | null => {
    writeFileSync(path, text, { mode: 0o644 });
    return spawnSync('keepalived', ['-t', '-f', path, '-i', 'r1'], { timeout: 20_000 }).status;
  };

  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(extensions)('$path behind @holdfast is skipped by keepalived, and only there', ({ example }) => {
    expect(verdict(example)).toBe(0);
    expect(verdict(example.replace('@holdfast ', ''))).not.toBe(0);
  });
});
