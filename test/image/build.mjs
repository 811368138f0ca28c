import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { lendSettings } from '../fresh-machine/machine.mjs';
import { debianBase, nodeAddition } from './bases.mjs';

const dockerfile = join(root, 'docker', 'Dockerfile');
const bases = Object.fromEntries(['BUILD_IMAGE', 'BASE_IMAGE'].map((name) => [name, defaultOf(name)]));

/** The name that the Dockerfile itself gives a base: it is there that ours must stand. */
function defaultOf(argument) {
  const found = new RegExp(`^ARG ${argument}=(\\S+)$`, 'm').exec(readFileSync(dockerfile, 'utf8'));
  if (found === null) throw new Error(`docker/Dockerfile has no ARG ${argument}`);
  return found[1];
}

/** buildah(1) with its storage in a folder of its own. @returns a function that runs it and gives what it printed */
function buildahIn(folder) {
  const place = [
    '--root',
    join(folder, 'storage'),
    '--runroot',
    join(folder, 'run'),
    '--storage-driver',
    'vfs',
  ];
  return async (command, ...words) => {
    const { status, output } = await runGroup('buildah', [...place, command, ...words], {
      env: { ...process.env, TMPDIR: folder },
    });
    if (status !== 0)
      throw new Error(`buildah ${command}: ${output.trim().split('\n').slice(-12).join('\n')}`);
    return output.trim();
  };
}

/** As runQuietly, in a group of its own that ends with this process: a build consists of many. */
function runGroup(program, args, options) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const end = () => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    };
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes));
    process.prependListener('exit', end);
    child.on('error', (error) => {
      process.off('exit', end);
      resolve({ status: 127, output: error.message });
    });
    child.on('close', (status) => {
      process.off('exit', end);
      resolve({ status: status ?? 1, output });
    });
  });
}

/** Puts both bases where the Dockerfile's FROM looks for them: no registry of images is asked. */
export async function importBases(scratch) {
  const buildah = buildahIn(scratch);
  const debian = await buildah('from', 'scratch');
  await buildah('add', '--quiet', debian, await debianBase(scratch), '/');
  await buildah('config', '--cmd', 'bash', debian);
  await buildah('commit', '--quiet', '--rm', debian, bases.BASE_IMAGE);
  const node = await buildah('from', '--pull-never', bases.BASE_IMAGE);
  await buildah('copy', '--quiet', node, await nodeAddition(scratch), '/usr/local');
  await buildah('commit', '--quiet', '--rm', node, bases.BUILD_IMAGE);
}

/** `docker build -t holdfast -f docker/Dockerfile .` @returns what was printed */
export function buildImage(scratch) {
  return buildahIn(scratch)(
    'build',
    ...['--isolation', 'chroot', '--pull-never', '--format', 'docker', '--network', 'host'],
    ...lentSettings(scratch).flatMap((mount) => ['--volume', mount]),
    ...['--tag', 'holdfast', '--file', dockerfile, root],
  );
}

/** How this machine reaches the registries: shown to the commands of the build, in no layer of the image. */
function lentSettings(scratch) {
  const lent = join(scratch, 'lent');
  mkdirSync(lent, { recursive: true });
  lendSettings(lent);
  const certificates = '/etc/ssl/certs/ca-certificates.crt';
  const npmrc = '/usr/local/etc/npmrc';
  // A variable for the commands of a build would stand in the image: npm takes the certificates from its settings too.
  if (existsSync(join(lent, certificates))) appendFileSync(join(lent, npmrc), `cafile=${certificates}\n`);
  return ['/etc/apt', '/usr/share/keyrings', certificates, npmrc]
    .filter((path) => existsSync(join(lent, path)))
    .map((path) => `${join(lent, path)}:${path}:ro`);
}

/**
 * What a container engine reads of the image, for dist/image.mjs: its root folder, its configuration, what each layer
 * holds, and how large it is as it travels (compressed) and where it lies.
 * @returns {Promise<string>} path of a file of JSON
 */
export async function describeImage(scratch) {
  const buildah = buildahIn(scratch);
  const inspected = JSON.parse(await buildah('inspect', '--type', 'image', 'holdfast'));
  const rootfs = await buildah('mount', await buildah('from', '--pull-never', 'localhost/holdfast'));
  const pushed = join(scratch, 'pushed');
  await buildah('push', '--quiet', 'holdfast', `dir:${pushed}`);
  const manifest = JSON.parse(readFileSync(join(pushed, 'manifest.json'), 'utf8'));
  const layers = [];
  for (const { digest } of manifest.layers)
    layers.push(await describeLayer(join(pushed, digest.split(':')[1])));
  const file = join(scratch, 'image.json');
  const image = {
    rootfs,
    scratch,
    config: inspected.Docker.config,
    history: inspected.Docker.history,
    layers,
  };
  writeFileSync(file, JSON.stringify(image));
  return file;
}

/** @returns {Promise<{ paths: string[], compressed: number, unpacked: number }>} sizes in bytes */
async function describeLayer(file) {
  const { status, output } = await runQuietly('tar', ['-tvzf', file, '--numeric-owner']);
  if (status !== 0) throw new Error(`tar: ${output}`);
  // -rw-r--r-- 0/0  SIZE DATE TIME PATH
  const entries = output.split('\n').flatMap((line) => {
    const found = /^\S+ +\S+ +(\d+) \S+ \S+ (.*?)(?: (?:->|link to) .*)?$/.exec(line);
    return found === null ? [] : [{ size: Number(found[1]), path: `/${found[2]}` }];
  });
  return {
    paths: entries.map(({ path }) => path),
    compressed: statSync(file).size,
    unpacked: entries.reduce((sum, { size }) => sum + size, 0),
  };
}
