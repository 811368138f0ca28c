import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { runQuietly } from '../lib/programs.mjs';
import { root } from '../lib/root.mjs';
import { SetupError } from '../lib/steps.mjs';

/** Seconds since the epoch that every file is dated with: the same sources give the same package. */
export function sourceDate() {
  if (/^\d+$/.test(process.env.SOURCE_DATE_EPOCH ?? '')) return Number(process.env.SOURCE_DATE_EPOCH);
  try {
    return Number(execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, stdio: 'pipe' }));
  } catch {
    return Math.trunc(Date.now() / 1000);
  }
}

/**
 * A tar archive of what is in a folder, everything root's.
 * @param {{ folder: string, names: readonly string[], file: string, compress: string }} request `compress`: a command
 *   line that tar pipes through
 */
export async function makeTar({ folder, names, file, compress }) {
  const { status, output } = await runQuietly('tar', [
    '--create',
    '--format=gnu',
    '--sort=name',
    '--owner=root:0',
    '--group=root:0',
    '--mode=u+rwX,go+rX,go-w',
    `--mtime=@${sourceDate()}`,
    `--use-compress-program=${compress}`,
    `--file=${file}`,
    `--directory=${folder}`,
    ...names,
  ]);
  if (status !== 0) throw new SetupError(`tar: ${output.trim()}`);
}

/**
 * ar(5), the outer form of a Debian package: a magic line, and before each member's bytes
 *
 *   name 16 | time 12 | owner 6 | group 6 | mode 8 | length 10 | ` \n
 *
 * in ASCII, padded by blanks; every member begins at an even place.
 * @param {readonly { name: string, bytes: Uint8Array }[]} members
 */
export function writeAr(file, members) {
  const parts = [Buffer.from('!<arch>\n')];
  for (const { name, bytes } of members) {
    const fields = [
      [name, 16],
      [sourceDate(), 12],
      [0, 6],
      [0, 6],
      ['100644', 8],
      [bytes.length, 10],
    ];
    const header = fields.map(([value, width]) => String(value).padEnd(width)).join('');
    parts.push(Buffer.from(`${header}\`\n`), bytes, Buffer.from(bytes.length % 2 === 0 ? '' : '\n'));
  }
  writeFileSync(file, Buffer.concat(parts));
}
