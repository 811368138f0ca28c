import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { runQuietly } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { unpackNpmPackage } from '../../scripts/node-headers.mjs';

const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** The smallest Debian there is. */
export async function installDebian(machine) {
  // A temporary folder is its owner's alone; the root of a machine is everybody's.
  chmodSync(machine, 0o755);
  const run = await runQuietly('debootstrap', ['--variant=minbase', 'bookworm', machine]);
  if (run.status !== 0) throw new Error(`debootstrap: ${run.output.trim().split('\n').slice(-5).join('\n')}`);
}

/** A bare node binary, without the headers that its package has, and npm. */
export async function installNode(machine) {
  const cache = join(root, '.cache');
  const node = join(cache, 'fresh-node-20');
  const npm = join(cache, 'fresh-npm-10');
  if (!existsSync(node)) await unpackNpmPackage(`node-linux-${process.arch}@20`, node);
  if (!existsSync(npm)) await unpackNpmPackage('npm@10', npm);
  const local = join(machine, 'usr', 'local');
  copyFileSync(join(node, 'bin', 'node'), join(local, 'bin', 'node'));
  chmodSync(join(local, 'bin', 'node'), 0o755);
  cpSync(npm, join(local, 'lib', 'node_modules', 'npm'), { recursive: true });
  for (const name of ['npm', 'npx']) {
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name));
    chmodSync(join(local, 'lib', 'node_modules', 'npm', 'bin', `${name}-cli.js`), 0o755);
  }
}

/** What this machine needs to reach the registries, the new one needs too; nothing else is taken over. */
export function lendSettings(machine) {
  for (const file of ['/etc/resolv.conf', '/etc/hosts', certificates]) lend(file, machine);
  for (const folder of [
    '/etc/apt/apt.conf.d',
    '/etc/apt/auth.conf.d',
    '/etc/apt/trusted.gpg.d',
    '/usr/share/keyrings',
  ]) {
    lend(folder, machine);
  }
  for (const file of ['/etc/apt/apt.conf', ...debianSources()]) lend(file, machine);
  const lines = ['/usr/etc/npmrc', '/usr/local/etc/npmrc', join(homedir(), '.npmrc')]
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line.trim() !== '' && !/^\s*(?:nodedir|prefix)\s*=/.test(line));
  mkdirSync(join(machine, 'usr', 'local', 'etc'), { recursive: true });
  writeFileSync(join(machine, 'usr', 'local', 'etc', 'npmrc'), `${lines.join('\n')}\n`);
}

/** Files that name Debian's own archives; those of others would need their keys and have nothing for us. */
function debianSources() {
  const folder = '/etc/apt/sources.list.d';
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  return ['/etc/apt/sources.list', ...files].filter(
    (file) => existsSync(file) && /\/debian(?:-security)?\b/.test(readFileSync(file, 'utf8')),
  );
}

function lend(path, machine) {
  if (!existsSync(path)) return;
  mkdirSync(join(machine, dirname(path)), { recursive: true });
  cpSync(path, join(machine, path), { recursive: true, dereference: true });
}

/** The variables of the new machine: a plain login's, and where the certificates are. */
export function lentEnvironment() {
  const lent = Object.entries(process.env).filter(([name]) =>
    /^(?:https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)$/i.test(name),
  );
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    LANG: 'C.UTF-8',
    HOLDFAST_FRESH_MACHINE: '1',
    ...(process.env.CI === undefined ? {} : { CI: process.env.CI }),
    ...Object.fromEntries(lent),
  };
}
