import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's package user-mode-linux. */
const kernel = '/usr/bin/linux.uml';
const modulesFolder = '/usr/lib/uml/modules';
const modules = ['overlay', 'veth', 'dummy', 'ip_vs', 'ip_vs_rr', 'ip_vs_wlc', 'ipv6'];

/** Why no machine can be booted here; undefined where one can. */
export const umlMissing = () =>
  existsSync(kernel) && existsSync(modulesFolder) ? undefined : 'needs user-mode-linux';

/**
 * Boots a Debian by its own systemd in a user-mode Linux kernel and runs one script there as a service; what the machine
 * writes is gone afterwards, but for the scratch folder, which both see under the same path.
 * @param {{ machine: string, scratch: string, script: string, seconds: number, onOutput: (text: string) => void }} run
 * @returns {Promise<{ status: number | undefined, console: string }>} of the script; undefined: it did not get so far
 */
export async function bootMachine({ machine, scratch, script, seconds, onOutput }) {
  mkdirSync(join(scratch, 'uml'), { recursive: true });
  write(join(scratch, 'init'), initScript(machine, scratch));
  write(join(scratch, 'script'), script);
  write(join(scratch, 'test.service'), testUnit(scratch));
  const guest = spawn(
    kernel,
    [
      'mem=1500M',
      ...['root=/dev/root', 'rootfstype=hostfs', 'rootflags=/', 'rw', `init=${scratch}/init`],
      ...['umid=guest', `uml_dir=${scratch}/uml/`, 'con=null', 'con0=null,fd:1', 'ssl=null'],
      ...['noreboot', 'panic=-1', 'quiet', 'systemd.show_status=0'],
    ],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      // The guest's memory is a file there; it must be a tmpfs that may be executed from.
      env: { PATH: process.env.PATH ?? '', TMPDIR: '/dev/shm' },
    },
  );
  let said = '';
  for (const stream of [guest.stdout, guest.stderr]) stream.on('data', (chunk) => (said += chunk));
  const follow = follower(join(scratch, 'output'), onOutput);
  const polling = setInterval(follow, 500);
  const timer = setTimeout(() => end(guest), seconds * 1000);
  await once(guest, 'close');
  clearInterval(polling);
  clearTimeout(timer);
  end(guest);
  follow();
  const status = join(scratch, 'status');
  return { status: existsSync(status) ? Number(readFileSync(status, 'utf8')) : undefined, console: said };
}

function write(path, text) {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** Hands over what has been added to a file since it was last called. */
function follower(path, onOutput) {
  let seen = 0;
  return () => {
    if (!existsSync(path)) return;
    const text = readFileSync(path, 'utf8');
    if (text.length > seen) onOutput(text.slice(seen));
    seen = text.length;
  };
}

function end({ pid }) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left of its session: the guest has ended by itself.
  }
}

/** The first program of the guest: a layer in memory over the machine's root, then that machine's systemd. */
const initScript = (machine, scratch) => `#!/bin/sh
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
give_up() { echo "guest: $1"; echo o > /proc/sysrq-trigger; sleep 60; }
mount -t proc proc /proc
mount -t tmpfs tmpfs /run
mkdir -p /run/kernel/lib /run/layer
ln -s '${modulesFolder}' /run/kernel/lib/modules
modprobe -q -a -d /run/kernel ${modules.join(' ')}
mount -t tmpfs -o size=90% tmpfs /run/layer
mkdir /run/layer/upper /run/layer/work /run/layer/root
new=/run/layer/root
mount -t overlay -o 'lowerdir=${machine},upperdir=/run/layer/upper,workdir=/run/layer/work' overlay $new || give_up "no overlay"
mkdir -p "$new${scratch}"
mount --bind '${scratch}' "$new${scratch}" || give_up "no scratch folder"
cp '${scratch}/test.service' $new/etc/systemd/system/holdfast-test.service
mkdir -p $new/etc/systemd/system/multi-user.target.wants
ln -s ../holdfast-test.service $new/etc/systemd/system/multi-user.target.wants/
umount /proc
cd $new
mount --move . /
exec chroot . /lib/systemd/systemd
`;

const testUnit = (scratch) => `[Unit]
Description=What is tested on this machine
After=multi-user.target

[Service]
Type=oneshot
ExecStart=/bin/sh -c '${scratch}/script > ${scratch}/output 2>&1; echo $? > ${scratch}/status'
ExecStopPost=/bin/sh -c 'sync; echo o > /proc/sysrq-trigger'
TimeoutStartSec=infinity
`;
