import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, runQuietly, succeeds } from './programs.mjs';
import { root } from './root.mjs';

/** The services that people put behind a virtual address, what their check scripts call, and what stands before them. */
const packages = ['nginx-light', 'apache2', 'vsftpd', 'curl', 'iptables'];

const folder = join(root, '.cache', 'services');

/**
 * Fetches real services from Debian and unpacks them beside the tree, installing and starting nothing: the tests show
 * them to the machines that they make, in /usr, /etc and /var.
 * @returns {Promise<string>} how it went
 */
export async function fetchServices() {
  if (isComplete(join(folder, 'complete'))) return 'already there';
  for (const program of ['apt-get', 'dpkg-deb']) {
    if (findProgram(program) === undefined) return `no ${program}: tests with real services are skipped`;
  }
  const fresh = `${folder}.${process.pid}`;
  try {
    if (!(await download(join(fresh, 'archives'))))
      return 'not to be had: tests with real services are skipped';
    const archives = readdirSync(join(fresh, 'archives')).filter((name) => name.endsWith('.deb'));
    for (const name of archives)
      succeeds('dpkg-deb', ['-x', join(fresh, 'archives', name), join(fresh, 'root')]);
    rmSync(join(fresh, 'archives'), { recursive: true });
    for (const name of ['usr', 'etc', 'var']) mkdirSync(join(fresh, 'root', name), { recursive: true });
    writeFileSync(join(fresh, 'complete'), `${packages.join(' ')}\n${archives.join('\n')}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    return `fetched ${packages.join(' ')}`;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Its first line tells for which packages it was fetched. */
const isComplete = (note) =>
  existsSync(note) && readFileSync(note, 'utf8').split('\n')[0] === packages.join(' ');

/** What is installed on this machine already is not fetched: it is there for the tests as it is. */
async function download(archives) {
  mkdirSync(join(archives, 'partial'), { recursive: true });
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = [
    '-y',
    '--no-install-recommends',
    '--download-only',
    '-o',
    'DPkg::Lock::Timeout=60',
    '-o',
    `Dir::Cache::archives=${archives}`,
  ];
  const fetch = () => runQuietly('apt-get', ['install', ...options, ...packages], { env });
  if ((await fetch()).status === 0) return true;
  await runQuietly('apt-get', ['update'], { env });
  return (await fetch()).status === 0;
}
