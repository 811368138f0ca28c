import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../lib/root.mjs';
import { makeTar, writeAr } from './archive.mjs';
import { aliasPages } from './documents.mjs';
import { fillPlaces } from './places.mjs';

const architectures = { x64: 'amd64', arm64: 'arm64' };
const scripts = ['postinst', 'prerm', 'postrm'];
const links = {
  'usr/sbin/holdfastd': '../lib/holdfast/bin/holdfastd',
  'usr/sbin/keepalived': '../lib/holdfast/bin/holdfastd',
  'usr/bin/holdfast': '../lib/holdfast/bin/holdfast',
  'usr/bin/genhash': '../lib/holdfast/bin/genhash',
  // Nobody else has these pages: the package conflicts with that of keepalived.
  ...Object.fromEntries(Object.entries(aliasPages).map(([name, page]) => [`usr/share/${name}`, page])),
};

/** A Debian package (deb(5)), written without dpkg, so that it can be built on any Linux. @returns its path */
export async function buildDeb({ library, work, out, version, revision, quick }) {
  const tree = join(work, 'tree');
  layOut(tree, library);
  const fullVersion = `${version}-${revision}`;
  const architecture = architectures[process.arch] ?? process.arch;
  const control = join(work, 'control');
  writeControl(control, tree, { VERSION: fullVersion, ARCHITECTURE: architecture });
  const compress = quick ? 'xz -0 -T0' : 'xz -6 -T0';
  const controlTar = join(work, 'control.tar.xz');
  const dataTar = join(work, 'data.tar.xz');
  await makeTar({ folder: control, names: ['.'], file: controlTar, compress });
  await makeTar({ folder: tree, names: ['.'], file: dataTar, compress });
  const file = join(out, `holdfast_${fullVersion}_${architecture}.deb`);
  writeAr(file, [
    { name: 'debian-binary', bytes: Buffer.from('2.0\n') },
    { name: 'control.tar.xz', bytes: readFileSync(controlTar) },
    { name: 'data.tar.xz', bytes: readFileSync(dataTar) },
  ]);
  return file;
}

/** The root file system as far as it is the package's. */
function layOut(tree, library) {
  const place = (path) => {
    const full = join(tree, path);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  const lib = place('usr/lib/holdfast');
  cpSync(library, lib, { recursive: true });
  fillPlaces(lib, { lib: '/usr/lib/holdfast', sbin: '/usr/sbin' });
  renameSync(join(lib, 'doc'), place('usr/share/doc/holdfast'));
  renameSync(join(tree, 'usr/share/doc/holdfast/LICENSE'), place('usr/share/doc/holdfast/copyright'));
  const completions = 'bash-completion/completions';
  renameSync(join(lib, 'share/man'), place('usr/share/man'));
  renameSync(join(lib, 'share', completions), place(`usr/share/${completions}`));
  // Debian's zsh looks for those of packages there.
  renameSync(join(lib, 'share/zsh/site-functions'), place('usr/share/zsh/vendor-completions'));
  rmSync(join(lib, 'share'), { recursive: true });
  renameSync(join(lib, 'holdfast.service'), place('usr/lib/systemd/system/holdfast.service'));
  renameSync(join(lib, 'holdfast.init'), place('etc/init.d/holdfast'));
  // Where the first thing that is written goes.
  mkdirSync(join(tree, 'etc/keepalived'), { recursive: true });
  for (const [link, target] of Object.entries(links)) symlinkSync(target, place(link));
}

function writeControl(folder, tree, values) {
  const source = join(root, 'scripts', 'package', 'debian');
  const files = filesBelow(tree);
  const kilobytes = Math.ceil(files.reduce((sum, file) => sum + lstatSync(join(tree, file)).size, 0) / 1024);
  const filled = Object.entries({ ...values, SIZE: kilobytes }).reduce(
    (text, [key, value]) => text.replaceAll(`@${key}@`, String(value)),
    readFileSync(join(source, 'control'), 'utf8'),
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'control'), filled);
  writeFileSync(join(folder, 'conffiles'), '/etc/init.d/holdfast\n');
  writeFileSync(join(folder, 'md5sums'), files.flatMap((file) => checksum(tree, file)).join(''));
  for (const name of scripts) {
    cpSync(join(source, name), join(folder, name));
    chmodSync(join(folder, name), 0o755);
  }
}

const filesBelow = (folder, inside = '') =>
  readdirSync(join(folder, inside), { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((entry) => {
      const path = join(inside, entry.name);
      return entry.isDirectory() ? filesBelow(folder, path) : [path];
    });

function checksum(tree, file) {
  if (!lstatSync(join(tree, file)).isFile()) return [];
  return [
    `${createHash('md5')
      .update(readFileSync(join(tree, file)))
      .digest('hex')}  ${file}\n`,
  ];
}
