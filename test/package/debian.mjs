import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, runQuietly } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';

/** What a Debian server has, with manual pages and shells that complete; no Node among it. */
const packages = [
  ...['iproute2', 'iputils-ping', 'kmod', 'procps', 'psmisc', 'systemd', 'systemd-sysv'],
  ...['bash-completion', 'man-db', 'zsh'],
  // What stands there before.
  'keepalived',
];

const archives = 'var/cache/apt/archives';

/** Why no Debian can be made here; undefined where one can. */
export function debianMissing() {
  if (process.getuid?.() !== 0) return 'needs root';
  const missing = ['debootstrap', 'unshare', 'chroot'].filter((name) => findProgram(name) === undefined);
  return missing.length === 0 ? undefined : `needs ${missing.join(' and ')}`;
}

/**
 * A Debian with systemd, as an installer leaves it. It is only read: whoever uses it lays a layer over it.
 * Kept in .cache/ of the root.
 * @returns {Promise<string>} its folder
 */
export async function debianRoot() {
  const folder = join(root, '.cache', 'debian-systemd');
  if (isComplete(join(folder, 'complete'))) return join(folder, 'root');
  const fresh = `${folder}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(dirname(fresh), { recursive: true });
  const machine = join(fresh, 'root');
  const include = `--include=${packages.join(',')}`;
  const run = await runQuietly('debootstrap', ['--variant=minbase', include, 'bookworm', machine]);
  if (run.status !== 0) throw new Error(`debootstrap: ${run.output.trim().split('\n').slice(-5).join('\n')}`);
  chmodSync(machine, 0o755);
  // For who goes back to it.
  const [archive] = readdirSync(join(machine, archives)).filter((name) => name.startsWith('keepalived_'));
  copyFileSync(join(machine, archives, archive), join(machine, 'opt', 'keepalived.deb'));
  for (const rest of ['var/cache/apt', 'var/lib/apt/lists']) rmSync(join(machine, rest), { recursive: true });
  for (const name of ['var/cache/apt/archives/partial', 'var/lib/apt/lists/partial']) {
    mkdirSync(join(machine, name), { recursive: true });
  }
  // Its index of pages takes long, and nobody searches it.
  rmSync(join(machine, 'var', 'lib', 'man-db', 'auto-update'), { force: true });
  // The name is that of a machine; those of the host concern nobody in there.
  writeFileSync(join(machine, 'etc', 'hostname'), 'router\n');
  writeFileSync(join(machine, 'etc', 'resolv.conf'), '');
  writeFileSync(join(fresh, 'complete'), packages.join(' '));
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  return join(folder, 'root');
}

/** One with other packages is made again. */
const isComplete = (note) => existsSync(note) && readFileSync(note, 'utf8') === packages.join(' ');
