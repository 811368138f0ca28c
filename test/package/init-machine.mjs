import { spawn } from 'node:child_process';

/**
 * Runs a script in a Debian root where no systemd runs, in process, mount and network namespaces of its own; what it
 * writes is gone afterwards.
 * @param {{ machine: string, scratch: string, script: string, seconds: number, onOutput: (text: string) => void }} run
 * @returns {Promise<number | undefined>} its status
 */
export function runInChroot({ machine, scratch, script, seconds, onOutput }) {
  const steps = [
    'layer=$(mktemp -d)',
    'mount -t tmpfs tmpfs "$layer"',
    'mkdir "$layer/upper" "$layer/work" "$layer/root"',
    `mount -t overlay -o "lowerdir=${machine},upperdir=$layer/upper,workdir=$layer/work" overlay "$layer/root"`,
    'cd "$layer/root"',
    'mount -t proc proc proc',
    'mount -t sysfs sysfs sys',
    'mount --rbind /dev dev',
    'mount -t tmpfs tmpfs run',
    `mkdir -p ".${scratch}"`,
    `mount --bind ${scratch} ".${scratch}"`,
    `exec chroot . /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 sh ${script} ${scratch}`,
  ];
  return new Promise((resolve) => {
    const child = spawn(
      'unshare',
      ['--pid', '--fork', '--kill-child', '--mount', '--net', '--', 'sh', '-ec', steps.join('\n')],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => onOutput(String(chunk)));
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve(status ?? undefined);
    });
  });
}
