import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The folder to give node-gyp as `nodedir`: one that holds `include/node` of exactly the running Node. Looked for
 * beside the running node, then in what node-gyp downloads from nodejs.org, then in the npm package of that Node.
 * A `nodedir` that npm's configuration names is never believed: it silently builds for another version.
 *
 * @param {{ nodeGyp?: string, cache?: string, say?: (line: string) => void }} [options] `nodeGyp`: path of node-gyp's
 *   script, without which its download is skipped; `cache`: where downloads are kept
 * @returns {Promise<string>}
 * @throws {Error} when none was found; the message says what was tried
 */
export async function findNodeHeaders({ nodeGyp, cache = join(root, '.cache'), say = () => {} } = {}) {
  const beside = join(dirname(process.execPath), '..');
  if (holdsHeaders(beside)) return beside;
  const downloaded = join(cache, 'node-gyp', process.versions.node);
  if (holdsHeaders(downloaded)) return downloaded;
  const unpacked = join(cache, `node-linux-${process.arch}-${process.versions.node}`);
  if (holdsHeaders(unpacked)) return unpacked;

  const failures = [`${beside}: no headers of Node ${process.version}`];
  if (nodeGyp !== undefined) {
    say(`downloading the headers of Node ${process.version}`);
    const failure = await downloadByNodeGyp(nodeGyp, join(cache, 'node-gyp'));
    if (failure === undefined && holdsHeaders(downloaded)) return downloaded;
    failures.push(`node-gyp's download: ${failure ?? 'without headers of this version'}`);
  }
  const name = `node-linux-${process.arch}@${process.versions.node}`;
  say(`fetching the npm package ${name} for its headers`);
  const failure = await unpackNpmPackage(name, unpacked).then(() => undefined, messageOf);
  if (failure === undefined && holdsHeaders(unpacked)) return unpacked;
  failures.push(`npm package ${name}: ${failure ?? 'without headers of this version'}`);
  throw new Error(
    `no headers of Node ${process.version} were found, which compiling needs:\n  ${failures.join('\n  ')}\nPut them into ${join(beside, 'include', 'node')} (Debian: libnode-dev; nodejs.org: the archive of this version) or let this machine reach a registry.`,
  );
}

/** An environment for npm and node-gyp that builds for the running Node, whatever the caller's configuration says. */
export function buildEnvironment(nodedir) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package_)?config_(nodedir|target|arch)$/i.test(name),
  );
  return { ...Object.fromEntries(inherited), npm_config_nodedir: nodedir };
}

/** Fetches a package with npm and unpacks it into `folder`, whole or not at all. */
export async function unpackNpmPackage(name, folder) {
  const temporary = `${folder}.${process.pid}`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  try {
    const { stdout } = await run('npm', ['pack', name, '--silent', '--pack-destination', temporary], {
      cwd: temporary,
      timeout: 180_000,
    });
    const archive = stdout.trim().split('\n').at(-1) ?? '';
    await run('tar', ['-xzf', archive, '--strip-components=1'], { cwd: temporary, timeout: 120_000 });
    await rm(join(temporary, archive));
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function holdsHeaders(folder) {
  const file = join(folder, 'include', 'node', 'node_version.h');
  if (!existsSync(file)) return false;
  const text = readFileSync(file, 'utf8');
  const part = (name) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
  return `${part('MAJOR')}.${part('MINOR')}.${part('PATCH')}` === process.versions.node;
}

async function downloadByNodeGyp(nodeGyp, devdir) {
  const environment = buildEnvironment('');
  delete environment.npm_config_nodedir;
  const call = run(process.execPath, [nodeGyp, 'install', '--ensure', `--devdir=${devdir}`], {
    env: environment,
    timeout: 60_000,
  });
  return call.then(() => undefined, messageOf);
}

/** The last line that says something: node-gyp ends with several about itself. */
function messageOf(error) {
  const lines = `${error.stderr ?? ''}\n${error.message}`
    .split('\n')
    .filter((line) => /ERR! stack |Error|ERR! [^cnos]/.test(line));
  return lines[0]?.trim() ?? String(error.message).split('\n')[0];
}
