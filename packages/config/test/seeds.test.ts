import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startVerdict } from '../src/diagnostics/verdict.ts';
import { errors, parse } from './parse.ts';

const folder = fileURLToPath(new URL('../../../../shared/seeds', import.meta.url));

/** File, its errors (one for each mistake in it), and whether a daemon starts with it. */
const seeds = [
  ['000-first-server.conf', [], true],
  ['000-second-server.conf', [], true],
  ['001-master-lvs.conf', [], true],
  ['002-backup.conf', [], true],
  ['002-master.conf', [], true],
  ['003-case-backup.conf', ['7 error unknown-keyword'], false],
  ['003-case-master.conf', ['8 error unknown-keyword'], false],
  ['003-ck-nginx-typo.conf', ['1 error unknown-keyword'], true],
  ['003-global-defs.conf', [], true],
  ['003-instance.conf', ['25 error placeholder'], true],
  ['003-lvs.conf', ['17 error placeholder'], true],
  [
    '003-script-typo.conf',
    ['2 error unknown-keyword', '4 error placeholder', '6 error placeholder', '8 error placeholder'],
    true,
  ],
  ['004-backup.conf', [], true],
  ['004-master.conf', [], true],
] as const;

test.skipIf(!existsSync(folder)).each(seeds)(
  'the tutorial file %s has the errors %j (skipped without the shared seeds)',
  (file, expected, starts) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const interfaces = new Map(['wlp3s0', 'eth0', 'ens33', 'ens192'].map((name) => [name, []]));
    const result = parse(text, { interfaces });
    expect(errors(result)).toEqual(expected);
    expect(startVerdict(result.diagnostics).ok).toBe(starts);
  },
);
