import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../lab-support/command.ts';
import { rootFolder } from '../lab-support/root-folder.ts';
import type { Contender } from './contender.ts';
import type { Measured } from './figure.ts';

let measured: Measured | undefined;

/** The packages as `npm run package` builds them, and what the .deb takes once it is installed: the same in every run. */
export function measurePackages({ name }: Contender): Measured {
  if (name !== 'Holdfast') return {};
  measured ??= buildAndWeigh();
  return measured;
}

function buildAndWeigh(): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-sizes-'));
  try {
    command(process.execPath, [join(rootFolder, 'scripts', 'package.mjs'), '--out', folder]);
    const file = (end: string): string =>
      join(folder, readdirSync(folder).find((one) => one.endsWith(end)) ?? end);
    const tree = join(folder, 'tree');
    command('sh', ['-ec', 'mkdir "$2" && ar p "$1" data.tar.xz | tar -xJ -C "$2"', 'sh', file('.deb'), tree]);
    return {
      'package-deb': statSync(file('.deb')).size / 1024,
      'package-installed': Number.parseInt(command('du', ['-sk', tree]), 10),
      'package-tarball': statSync(file('.tar.gz')).size / 1024,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
