import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildEnvironment, findNodeHeaders } from '../node-headers.mjs';
import { missingCompilers, prepareAddon } from './addon.mjs';
import { installTools } from './debian-packages.mjs';
import { runQuietly } from './programs.mjs';
import { root } from './root.mjs';
import { fetchServices } from './services.mjs';
import { note, SetupError, step } from './steps.mjs';

const pnpmVersion = '10.34.8';

/**
 * Makes the tree ready. Every step that finds its work done says so and takes no time.
 * @param {'demo' | 'test'} purpose the demo needs fewer programs of the system than the tests
 */
export async function setUp(purpose) {
  await step('Node.js', checkNode);
  await step('programs of the system', () => installTools(purpose));
  if (purpose === 'test') await step('services to test with', fetchServices);
  await step('packages of npm', installPackages);
  await step('native addon', prepareAddon);
  await step('raw-socket (optional)', checkRawSocket);
  await step('bundles', async () => {
    const { buildAll } = await import('../build.mjs');
    return (await buildAll()) === 'built' ? 'built' : 'already there';
  });
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (process.platform !== 'linux')
    throw new SetupError('Holdfast runs on Linux only: it configures its kernel.');
  if (major < 20 || (major === 20 && minor < 18)) {
    throw new SetupError(`Node.js ${process.versions.node} is too old: Holdfast needs 20.18 or newer.`);
  }
  return process.versions.node;
}

const stampFile = join(root, 'node_modules', '.holdfast-packages');

/** What decides whether the packages are those of this tree and this Node. */
function packagesFingerprint() {
  const hash = createHash('sha256').update(process.versions.modules);
  const folders = readdirSync(join(root, 'packages')).sort();
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'];
  for (const file of [...files, ...folders.map((folder) => `packages/${folder}/package.json`)]) {
    if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

async function installPackages() {
  const fingerprint = packagesFingerprint();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint) return 'already there';
  const env = await environmentForBuilds();
  const pnpm = ['-y', `pnpm@${pnpmVersion}`, 'install', '--frozen-lockfile', '--reporter=append-only'];
  const run = await runQuietly('npx', pnpm, { cwd: root, env: { ...env, CI: 'true' } });
  if (run.status !== 0) {
    const end = run.output.trim().split('\n').slice(-12).join('\n');
    throw new SetupError(`pnpm could not install the packages:\n${end}\nIs the npm registry reachable?`);
  }
  // What was compiled for another Node is not compiled again by itself.
  if (existsSync(stampFile)) {
    await runQuietly('npx', [...pnpm.slice(0, 2), 'rebuild', 'raw-socket'], { cwd: root, env });
  }
  writeFileSync(stampFile, fingerprint);
  return 'installed';
}

/**
 * The environment in which packages may compile something: headers of the Node that runs now, never inherited ones.
 * An npmrc that names a `nodedir` builds for that Node without a word; the variable overrides it.
 */
async function environmentForBuilds() {
  const missing = missingCompilers();
  if (missing.length > 0) {
    note(`raw-socket, an optional package, is not compiled: ${missing.join(', ')} not installed`);
    return buildEnvironment('/nonexistent');
  }
  try {
    return buildEnvironment(await findNodeHeaders({ say: note }));
  } catch (error) {
    note(error.message);
    return buildEnvironment('/nonexistent');
  }
}

/** raw-socket is a second transport for VRRP: without it the daemon runs on its own sockets. */
function checkRawSocket() {
  const require = createRequire(join(root, 'packages', 'vrrp', 'package.json'));
  try {
    require('raw-socket');
    return 'loads';
  } catch (error) {
    const reason = String(error.message).split('\n')[0];
    return `does not load here (${reason}); VRRP runs on the native socket, which is complete`;
  }
}
