import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/root.mjs';
import { makeTar } from './archive.mjs';

/** `holdfast-VERSION-linux-ARCH.tar.gz` with an install.sh that needs nothing but a shell. @returns its path */
export async function buildTarball({ library, work, out, version, quick }) {
  const name = `holdfast-${version}-linux-${process.arch}`;
  const folder = join(work, name);
  mkdirSync(folder, { recursive: true });
  cpSync(library, join(folder, 'lib'), { recursive: true });
  copyFileSync(join(root, 'scripts', 'package', 'files', 'install.sh'), join(folder, 'install.sh'));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  const file = join(out, `${name}.tar.gz`);
  await makeTar({ folder: work, names: [name], file, compress: quick ? 'gzip -n1' : 'gzip -n9' });
  return file;
}
