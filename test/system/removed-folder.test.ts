import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';

/** Who has removed the folder that a shell stands in still looks after the machine with it. */
test.each([
  ['holdfast', 'check k.conf', 2, 'there is no configuration file k.conf'],
  ['holdfast', 'check "$FOLDER/k.conf"', 0, 'no complaints'],
  ['holdfastd', '-t -f "$FOLDER/k.conf"', 0, ''],
])('%s %s is as good in a folder that was removed', (program, words, status, said) => {
  const folder = mkdtempSync(join(tmpdir(), `holdfast-removed-${process.pid}-`));
  try {
    writeFileSync(join(folder, 'k.conf'), 'global_defs {\n}\n');
    const gone = `mkdir "$FOLDER/gone"; cd "$FOLDER/gone"; rmdir ../gone; exec "$NODE" "$PROGRAM" ${words}`;
    const ran = spawnSync('sh', ['-c', gone], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        FOLDER: folder,
        NODE: process.execPath,
        PROGRAM: join(rootFolder, 'dist', `${program}.mjs`),
      },
    });
    expect(ran.stdout + ran.stderr).toContain(said);
    expect([ran.status, ran.stdout + ran.stderr]).toEqual([status, expect.not.stringContaining('uv_cwd')]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
