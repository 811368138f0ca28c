// Compiles the addon for the running Node:  node build.mjs [--prebuild]
// With --prebuild the result, stripped, becomes the binary that travels in the package.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildEnvironment, findNodeHeaders } from '../../../scripts/node-headers.mjs';
import { sourceHash } from './source-hash.mjs';

const folder = fileURLToPath(new URL('..', import.meta.url));
const built = `${folder}build/Release/holdfast.node`;

/**
 * @returns {Promise<string>} the path of the compiled addon
 * @throws {Error} with the compiler's output when it does not compile
 */
export async function buildAddon({ say = () => {} } = {}) {
  const nodeGyp = createRequire(import.meta.url).resolve('node-gyp/bin/node-gyp.js');
  const nodedir = await findNodeHeaders({ nodeGyp, say });
  say(`compiling the addon with the headers in ${nodedir}`);
  const result = spawnSync(process.execPath, [nodeGyp, 'rebuild', '--jobs=2'], {
    cwd: folder,
    env: buildEnvironment(nodedir),
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    throw new Error(
      `the addon did not compile (it needs python3, make and g++; Debian: apt-get install build-essential python3):\n${result.stdout}${result.stderr}`,
    );
  }
  return built;
}

function keepAsPrebuilt() {
  const target = `${folder}prebuilds/linux-${process.arch}`;
  mkdirSync(target, { recursive: true });
  copyFileSync(built, `${target}/holdfast.node`);
  execFileSync('strip', ['--strip-unneeded', '--remove-section=.comment', `${target}/holdfast.node`]);
  writeFileSync(`${target}/SOURCE-HASH`, `${sourceHash()}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const say = (line) => console.log(line);
  console.log(`built ${await buildAddon({ say })}`);
  if (process.argv.includes('--prebuild')) keepAsPrebuilt();
}
