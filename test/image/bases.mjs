import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { unpackNpmPackage } from '../../scripts/node-headers.mjs';
import { nodeRuntime } from '../../scripts/package/runtime.mjs';
import { installDebian } from '../fresh-machine/machine.mjs';

const cache = join(root, '.cache');
const debianTar = join(cache, 'image-debian.tar');

/** What the slim image of Debian leaves out, and what debootstrap took from this machine. */
const leftOut = [
  ...['usr/share/man', 'usr/share/locale', 'usr/share/groff', 'usr/share/info', 'usr/share/lintian'],
  ...['var/cache/apt', 'var/lib/apt/lists', 'var/cache/debconf', 'var/log/bootstrap.log'],
  ...['etc/hostname', 'etc/resolv.conf'],
];

/**
 * A Debian as small as the slim image of the registries, as a tar file; made once and kept in .cache/ of the root.
 * @param {string} scratch a folder for what is only needed meanwhile
 */
export async function debianBase(scratch) {
  if (existsSync(debianTar)) return debianTar;
  const machine = mkdtempSync(join(scratch, 'debian-'));
  await installDebian(machine);
  for (const path of leftOut) rmSync(join(machine, path), { recursive: true, force: true });
  for (const path of ['var/cache/apt/archives/partial', 'var/lib/apt/lists/partial'])
    mkdirSync(join(machine, path), { recursive: true });
  const fresh = `${debianTar}.${process.pid}`;
  const folders = ['dev', 'proc', 'sys'].flatMap((name) => ['--exclude', `./${name}/*`]);
  const tar = await runQuietly('tar', ['-C', machine, ...folders, '-cf', fresh, '.']);
  if (tar.status !== 0) throw new Error(`tar: ${tar.output}`);
  renameSync(fresh, debianTar);
  rmSync(machine, { recursive: true, force: true });
  return debianTar;
}

/**
 * What the image of Node adds to that: /usr/local with node and npm.
 * @returns {Promise<string>} the folder that holds `bin` and `lib`
 */
export async function nodeAddition(scratch) {
  const npm = join(cache, 'fresh-npm-10');
  if (!existsSync(npm)) await unpackNpmPackage('npm@10', npm);
  const local = join(scratch, 'local');
  mkdirSync(join(local, 'bin'), { recursive: true });
  cpSync((await nodeRuntime(24)).binary, join(local, 'bin', 'node'));
  cpSync(npm, join(local, 'lib', 'node_modules', 'npm'), { recursive: true });
  for (const name of ['npm', 'npx']) {
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name));
    chmodSync(join(local, 'lib', 'node_modules', 'npm', 'bin', `${name}-cli.js`), 0o755);
  }
  return local;
}
