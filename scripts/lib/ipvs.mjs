import { existsSync } from 'node:fs';
import { succeeds } from './programs.mjs';

/** Whether this machine's kernel has ip_vs, or a module of it that can be loaded. */
export const kernelHasIpvs = () =>
  existsSync('/proc/net/ip_vs') || succeeds('modprobe', ['--dry-run', '--quiet', 'ip_vs']);
