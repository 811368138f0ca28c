import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';
import { describeWith } from '../support/requirements.ts';

describeWith({}, 'the command holdfast', () => {
  test('whose reader has seen enough ends without a word about it', () => {
    const command = join(rootFolder, 'packages', 'cli', 'bin', 'holdfast');
    const { stdout, stderr } = spawnSync('bash', ['-c', `"${command}" explain --format json | head -n 1`], {
      encoding: 'utf8',
    });
    expect([stdout, stderr]).toEqual(['[\n', '']);
  });
});
