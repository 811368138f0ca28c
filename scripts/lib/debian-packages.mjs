import { existsSync } from 'node:fs';
import { kernelHasIpvs } from './ipvs.mjs';
import { findProgram, runQuietly } from './programs.mjs';
import { note } from './steps.mjs';

/**
 * A program (or with a `/` a file) that something needs, the Debian package that brings it, and what is left out without
 * it; `unless` tells of machines that do not need it.
 */
const tools = {
  demo: [
    { program: 'ip', debian: 'iproute2', without: 'the demo cannot run' },
    { program: 'bash', debian: 'bash', without: 'the check of the demo cannot run' },
    {
      program: 'modprobe',
      debian: 'kmod',
      without: 'the pool of the demo cannot be shown',
      unless: kernelHasIpvs,
    },
    {
      program: 'linux.uml',
      debian: 'user-mode-linux',
      without: 'the pool of the demo cannot be shown',
      unless: kernelHasIpvs,
    },
  ],
  test: [
    { program: 'ip', debian: 'iproute2', without: 'system tests are skipped' },
    { program: 'nft', debian: 'nftables', without: 'system tests that filter packets are skipped' },
    { program: 'ps', debian: 'procps', without: 'system tests that list processes are skipped' },
    { program: 'killall', debian: 'psmisc', without: 'system tests that use killall are skipped' },
    { program: 'tshark', debian: 'tshark', without: 'packets are not checked by tshark' },
    { program: 'keepalived', debian: 'keepalived', without: 'comparisons with keepalived are skipped' },
    { program: 'modprobe', debian: 'kmod', without: 'the LVS table of a real kernel is not tested' },
    {
      program: 'linux.uml',
      debian: 'user-mode-linux',
      without: 'the LVS table of a real kernel is not tested',
    },
    { program: 'setpriv', debian: 'util-linux', without: 'scripts of other users are not tested' },
    {
      program: '/etc/protocols',
      debian: 'netbase',
      without: 'nft and keepalived know no protocol by its name',
    },
  ],
  ci: [
    { program: 'python3', debian: 'python3', without: 'the laboratory cannot run' },
    { program: 'linux.uml', debian: 'user-mode-linux', without: 'the LVS laboratory cannot run' },
    { program: 'modprobe', debian: 'kmod', without: 'the LVS laboratory cannot run' },
    { program: 'ipvsadm', debian: 'ipvsadm', without: 'the LVS laboratory cannot run' },
    { program: 'keepalived', debian: 'keepalived', without: 'the LVS tables are not compared' },
    { program: 'curl', debian: 'curl', without: 'the LVS laboratory cannot run' },
    { program: 'openssl', debian: 'openssl', without: 'the LVS laboratory cannot run' },
    { program: 'sysctl', debian: 'procps', without: 'the LVS laboratory cannot run' },
    { program: 'git', debian: 'git', without: 'no clone can be made' },
    { program: 'debootstrap', debian: 'debootstrap', without: 'no fresh machine can be made' },
    { program: 'xz', debian: 'xz-utils', without: 'no .deb can be built' },
    { program: 'g++', debian: 'g++', without: 'raw-socket is not compiled' },
    { program: 'make', debian: 'make', without: 'raw-socket is not compiled' },
  ],
  image: [
    { program: 'buildah', debian: 'buildah', without: 'no image can be built' },
    // One of two that buildah's configuration wants; the other one brings iptables, which changes the machine for others.
    { program: '/usr/lib/podman/netavark', debian: 'netavark', without: 'no image can be built' },
    { program: 'debootstrap', debian: 'debootstrap', without: 'an image has no base' },
    { program: 'nsenter', debian: 'util-linux', without: 'nothing can be done in a container' },
    { program: 'ip', debian: 'iproute2', without: 'containers have no network' },
  ],
};

/** What `command` needs and this machine lacks. @returns {typeof tools.test} */
export const missingTools = (command) =>
  (tools[command] ?? []).filter((tool) => !isThere(tool.program) && tool.unless?.() !== true);

const isThere = (name) => (name.includes('/') ? existsSync(name) : findProgram(name) !== undefined);

/** Installs what `command` needs. @returns {Promise<string>} how it went */
export async function installTools(command) {
  const missing = missingTools(command);
  if (missing.length === 0) return 'already there';
  const names = [...new Set(missing.map((tool) => tool.debian))];
  const obstacle = findObstacle();
  if (obstacle !== undefined) return explain(missing, names, obstacle);
  const failure = await installNames(names);
  const left = missingTools(command);
  if (left.length > 0) return explain(left, names, failure ?? 'apt-get did not bring them');
  return `installed ${names.join(' ')}`;
}

function findObstacle() {
  if (findProgram('apt-get') === undefined) return 'this is no Debian or Ubuntu (no apt-get)';
  if (process.getuid?.() !== 0) return 'only root can install packages';
  return undefined;
}

/** @returns {Promise<string | undefined>} why it failed */
export async function installNames(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    runQuietly('apt-get', ['install', '-y', '--no-install-recommends', ...names], { env });
  // The list of packages may be old or absent: look again only when it does not do as it is.
  let run = await install();
  if (run.status !== 0) {
    await runQuietly('apt-get', ['update'], { env });
    run = await install();
  }
  return run.status === 0 ? undefined : run.output.trim().split('\n').slice(-3).join(' / ');
}

function explain(missing, names, why) {
  for (const tool of missing) note(`without ${tool.program} ${tool.without}`);
  note(`install it yourself: apt-get install ${names.join(' ')}`);
  return `missing ${names.join(' ')}, not installed: ${why}`;
}
