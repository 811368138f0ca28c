import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LabError } from '../lab-support/lab-error.ts';
import { childrenOf } from '../lab-support/processes.ts';
import { rootFolder } from '../lab-support/root-folder.ts';
import { until } from '../lab-support/until.ts';

/** How a command ended and what it printed, standard output and error together. */
export interface Answer {
  readonly status: number | null;
  readonly output: string;
}

/**
 * Something like a computer with Holdfast installed: namespaces of its own for network, processes, mounts and host
 * name. `killall` sees nobody else; what is written to /etc, /usr, /var or /run stays in it and is gone at the end.
 */
export interface Machine {
  readonly name: string;
  /** A process in it, by its number outside: the key to its namespaces. */
  readonly pid: number;
  /** Runs a shell script in it. Its words: `within SECONDS COMMAND...`, `holds ADDRESS`, and the programs there. */
  readonly sh: (script: string) => Promise<Answer>;
  /** As `sh`, for what must succeed. @returns what it printed @throws LabError */
  readonly must: (script: string) => Promise<string>;
  readonly write: (path: string, text: string, mode?: number) => Promise<void>;
  readonly close: () => void;
}

/** @param folder an empty one for this machine alone */
export async function startMachine(name: string, folder: string): Promise<Machine> {
  mkdirSync(folder, { recursive: true });
  const script = join(folder, 'boot');
  writeFileSync(script, bootScript(name, join(folder, 'disk')));
  const namespaces = ['--net', '--pid', '--mount', '--uts', '--fork', '--mount-proc', '--kill-child'];
  const log = openSync(join(folder, 'boot.log'), 'w');
  const anchor = spawn('unshare', [...namespaces, '--', 'sh', script], {
    stdio: ['ignore', log, log],
    env: { ...process.env, ROOT: rootFolder, NODE: process.execPath },
  });
  closeSync(log);
  const pid = await until(
    () => `${name} is up: ${readFileSync(join(folder, 'boot.log'), 'utf8')}`,
    20_000,
    () => (isUp(folder) ? childrenOf(anchor.pid ?? -1)[0] : anchor.exitCode !== null && -1),
  );
  if (pid < 0) throw new LabError(`${name} did not start: ${readFileSync(join(folder, 'boot.log'), 'utf8')}`);
  return machine(name, folder, anchor, pid);
}

const isUp = (folder: string): boolean => readFileSync(join(folder, 'boot.log'), 'utf8').includes('up\n');

function machine(name: string, folder: string, anchor: ChildProcess, pid: number): Machine {
  let commands = 0;
  const sh = (script: string): Promise<Answer> => {
    commands += 1;
    return enter(pid, join(folder, `command-${commands}`), script);
  };
  const must = async (script: string): Promise<string> => {
    const { status, output } = await sh(script);
    if (status === 0) return output;
    throw new LabError(`on ${name}: ${script}\nended with ${status}:\n${output}`);
  };
  return {
    name,
    pid,
    sh,
    must,
    async write(path, text, mode = 0o644) {
      const source = join(folder, 'file');
      writeFileSync(source, text);
      await must(`mkdir -p ${dirname(path)} && install -m ${mode.toString(8)} ${source} ${path}`);
    },
    close() {
      anchor.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a command leaves running in the background may keep its output open: it is read when the command has ended. */
function enter(pid: number, place: string, script: string): Promise<Answer> {
  writeFileSync(place, `${words}\n${script}\n`);
  const log = openSync(`${place}.log`, 'w');
  // -r: where this test runs in a chroot, that is the root of the machine, too.
  const child = spawn('nsenter', ['-t', String(pid), '-n', '-p', '-m', '-u', '-r', '-w', '--', 'sh', place], {
    stdio: ['ignore', log, log],
    env: environment(),
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status) => resolve({ status, output: readFileSync(`${place}.log`, 'utf8').trim() }));
  });
}

const environment = (): Readonly<Record<string, string>> => ({
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
  TMPDIR: '/run/tmp',
});

const words = `
cd /run/home
within() { end=$(($(date +%s) + $1)); shift; until "$@" > /dev/null 2>&1; do [ $(date +%s) -ge $end ] && { echo "not seen in time: $*"; return 1; }; sleep 0.1; done; }
holds() { ip -o address | grep -qF " $1/"; }
`;

/** Services that were fetched for the tests lie under what is installed here, as if they were installed, too. */
const bootScript = (name: string, disk: string): string => `
set -e
hostname ${name}
mkdir -p ${disk}
mount -t tmpfs none ${disk}
services="$ROOT/.cache/services/root"
for folder in etc usr var; do
  mkdir -p ${disk}/$folder/upper ${disk}/$folder/work
  lower=/$folder
  [ -d "$services/$folder" ] && lower="$services/$folder:$lower"
  mount -t overlay -o "lowerdir=$lower,upperdir=${disk}/$folder/upper,workdir=${disk}/$folder/work" none /$folder
done
mount -t tmpfs none /run
mkdir -p /run/tmp /run/home /run/lock /etc/keepalived
mount -t sysfs none /sys
ip link set lo up
${installation}
echo up
while :; do sleep 1000 & wait; done
`;

/** The commands and scripts of a package, with the programs of this tree; systemctl and service call the init script. */
const installation = `
lib=/usr/local/lib/holdfast
mkdir -p $lib
touch $lib/node
mount --bind "$NODE" $lib/node
for program in holdfast holdfastd genhash; do
  [ -f "$ROOT/dist/$program.mjs" ] || continue
  printf '#!/bin/sh\\nexec %s/node %s/dist/%s.mjs "$@"\\n' $lib "$ROOT" $program > /usr/local/sbin/$program
  chmod 755 /usr/local/sbin/$program
done
ln -sf holdfastd /usr/local/sbin/keepalived
for file in holdfast.init service-reload; do
  sed "s,@LIB@,$lib,g; s,@SBIN@,/usr/local/sbin,g" "$ROOT/scripts/package/files/$file" > $lib/$file
  chmod 755 $lib/$file
done
holdfastd --signum=RESTART > $lib/restart-signal &
ln -sf $lib/holdfast.init /etc/init.d/holdfast
ln -sf $lib/holdfast.init /etc/init.d/keepalived
cat > /usr/local/sbin/systemctl <<'END'
#!/bin/sh
verb=$1
shift
case $verb in
enable) [ "$1" = --now ] || exit 0; shift; verb=start ;;
disable) [ "$1" = --now ] || exit 0; shift; verb=stop ;;
esac
exec /etc/init.d/$1 $verb
END
printf '#!/bin/sh\\nexec /etc/init.d/$1 $2\\n' > /usr/local/sbin/service
chmod 755 /usr/local/sbin/systemctl /usr/local/sbin/service
`;
