import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findProgram } from '../../scripts/lib/programs.mjs';
import { root } from '../../scripts/lib/root.mjs';
import { onOneProcessor } from '../uml/one-processor.mjs';

export const shared = join(root, '..', 'shared');
const folder = join(shared, 'lab', 'lvs');
export const laboratory = join(folder, 'lvslab.py');

/** Its own Node, for the path of the guest is the system's; nothing in between, for the process gets the signals. */
const holdfastd = process.env.HOLDFAST_DAEMON ?? `${process.execPath} ${join(root, 'dist', 'holdfastd.mjs')}`;

/** @param more options beside those that keepalived is given as well */
export const commandLine = (more = '') =>
  `${holdfastd} -n -l -D -G${more} -f {conf} -p {dir}/k.pid -r {dir}/v.pid -c {dir}/c.pid`;

/** Why the laboratory cannot run here; undefined where it can. */
export function whatIsMissing() {
  if (process.env.HOLDFAST_SHARED === 'none' || !existsSync(laboratory)) {
    return 'the laboratory is not there (../shared/lab/lvs)';
  }
  if (process.getuid?.() !== 0) return 'only root can run the laboratory';
  const programs = ['linux.uml', 'keepalived', 'ipvsadm', 'ip', 'curl', 'openssl', 'sysctl', 'modprobe'];
  const missing = programs.filter((name) => findProgram(name) === undefined);
  // The laboratory starts its servers with this one, whatever else is called python3.
  if (!existsSync('/usr/bin/python3')) missing.push('/usr/bin/python3');
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
}

/**
 * Runs a command in a user-mode Linux kernel with IPVS over this machine's files, which it cannot change.
 * @param {string[]} command
 * @param {{ seconds: number, writable?: string, onLine?: (line: string) => void }} options what it may write; each line that it says
 * @returns {Promise<number | string>} its exit status
 */
export function runInGuest(command, { seconds, writable, onLine = console.log }) {
  const options = ['--mem', '1500M', '--timeout', String(seconds)];
  if (writable !== undefined) options.push('--rw', writable);
  return new Promise((resolve) => {
    const boot = ['/usr/bin/python3', join(folder, 'uml-run'), ...options, '--', ...command];
    const [program, ...args] = onOneProcessor(boot);
    const guest = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: guest.stdout }).on('line', onLine);
    guest.on('error', (error) => console.log(error.message));
    guest.on('close', (status) => resolve(status ?? 'a signal'));
  });
}
