/** What the guest is given to run, and with what. */
export interface GuestPlan {
  /** A folder of the host, absolute, that both see and both may write: scripts, output, exit status. */
  readonly scratch: string;
  readonly modulesFolder: string;
  readonly modules: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The first program of the guest. Its root is the host's file system; before anything runs, a layer in memory is laid
 * over it, so that nothing but `scratch` is ever written. Without that layer it goes no further.
 */
export const initScript = ({ scratch, modulesFolder }: GuestPlan): string => `#!/bin/sh
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
give_up() { echo "guest: $1"; echo o > /proc/sysrq-trigger; sleep 60; }
mount -t proc proc /proc
mount -t tmpfs tmpfs /run
mkdir -p /run/kernel/lib /run/layer
ln -s ${quoted(modulesFolder)} /run/kernel/lib/modules
modprobe -d /run/kernel overlay
mount -t tmpfs tmpfs /run/layer
mkdir /run/layer/upper /run/layer/work /run/layer/root
root=/run/layer/root
mount -t overlay -o lowerdir=/,upperdir=/run/layer/upper,workdir=/run/layer/work overlay $root || give_up "no overlay"
mount --bind ${quoted(scratch)} $root${quoted(scratch)} || give_up "no scratch folder"
mount --move /proc $root/proc
mount -t tmpfs tmpfs $root/run
mkdir -p $root/run/kernel/lib
ln -s ${quoted(modulesFolder)} $root/run/kernel/lib/modules
cd $root
exec chroot . /bin/sh ${quoted(`${scratch}/run`)}
`;

/** The second: devices, modules, the command; its status is the last thing written. */
export const runScript = ({ scratch, modules, command, environment }: GuestPlan): string => `#!/bin/sh
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/shm /dev/pts /run/netns
mount -t tmpfs tmpfs /dev/shm
mount -t devpts -o ptmxmode=666 devpts /dev/pts
ln -sfn /proc/self/fd /dev/fd
modprobe -q -a -d /run/kernel ${modules.map(quoted).join(' ')}
ip link set lo up
cd /
export HOME=/root TMPDIR=/tmp
${Object.entries(environment)
  .map(([name, value]) => `export ${name}=${quoted(value)}`)
  .join('\n')}
${command.map(quoted).join(' ')} > ${quoted(`${scratch}/stdout`)} 2> ${quoted(`${scratch}/stderr`)} < /dev/null
echo $? > ${quoted(`${scratch}/status`)}
sync
echo o > /proc/sysrq-trigger
sleep 60
`;

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
