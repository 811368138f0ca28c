import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootFolder } from '../../lab-support/root-folder.ts';

/** What a story printed, and how it ended. */
export interface Told {
  readonly status: number | null;
  readonly output: string;
}

/**
 * Runs a shell story in network, PID and mount namespaces of its own, where `killall` and `pidof` see nobody else. It
 * begins in an empty folder, with `eth0` (10.9.0.1/24) up and /dev, /run its own.
 * Words of the story: `start [SWITCH...]`, `until_true 'COMMAND'`, `say NAME` (marks what follows), $CORE, $WORKER.
 */
export async function tell(
  story: string,
  files: Readonly<Record<string, string>> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), `holdfast-daemon-${process.pid}-`));
  try {
    for (const [name, text] of Object.entries({ 'ha.conf': ownerConfiguration, ...files })) {
      writeFileSync(join(folder, name), text, { mode: name.endsWith('.sh') ? 0o755 : 0o644 });
    }
    mkdirSync(join(folder, 'tmp'));
    return await run(folder, `${words}\n${story}`, environment);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A router that is master at once and holds 10.9.0.5. */
export const ownerConfiguration = `vrrp_instance V1 {
    interface eth0
    virtual_router_id 5
    priority 255
    advert_int 1
    virtual_ipaddress {
        10.9.0.5/24
    }
}
`;

const words = `
export TMPDIR="$PWD/tmp"
D="$ROOT/node_modules/.bin/holdfastd"
mount -t tmpfs none /run
mount -t tmpfs none /dev -o mode=755
mknod -m 666 /dev/null c 1 3; mknod -m 666 /dev/zero c 1 5; mknod -m 666 /dev/random c 1 8; mknod -m 666 /dev/urandom c 1 9
ip link set lo up
ip link add eth0 type veth peer name eth1
ip addr add 10.9.0.1/24 dev eth0
ip link set eth0 up; ip link set eth1 up
until_true() {
  i=0
  while [ $i -lt 500 ]; do eval "$1" > /dev/null 2>&1 && return 0; sleep 0.02; i=$((i + 1)); done
  echo "NOT SEEN: $1"; cat log 2>/dev/null; exit 99
}
say() { echo "== $1"; }
vip() { ip -o addr show dev eth0 | grep -q '10[.]9[.]0[.]5/'; }
start() {
  : > log
  "$D" -n -l -D -G -f ha.conf -p k.pid -r v.pid "$@" > log 2>&1 &
  CORE=$!
  until_true 'grep -q "Startup complete" log'
  WORKER=$(cat v.pid)
}
`;

function run(folder: string, story: string, environment: Readonly<Record<string, string>>): Promise<Told> {
  const namespaces = ['--net', '--pid', '--mount', '--fork', '--mount-proc', '--kill-child'];
  const child = spawn('unshare', [...namespaces, '--', 'sh', '-c', story], {
    cwd: folder,
    env: {
      ...process.env,
      ...environment,
      ROOT: rootFolder,
      NODE: process.execPath,
      HOLDFAST_NODE: process.execPath,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output: output.trim() }));
  });
}
