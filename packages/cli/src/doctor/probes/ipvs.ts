import { existsSync } from 'node:fs';
import type { Config } from '@holdfast/config';
import type { IpvsFacts } from '../facts.ts';
import { outputOf } from './programs.ts';
import { textOf } from './text.ts';

/** Whether the kernel has LVS and what the virtual servers need of it. */
export function ipvs({ virtualServers }: Config): IpvsFacts {
  // Nothing else needs it, and modprobe takes its time.
  if (virtualServers.length === 0) return { isLoaded: false, isLoadable: false, missingSchedulers: [] };
  const schedulers = new Set(virtualServers.map(({ scheduler }) => scheduler));
  return {
    isLoaded: existsSync('/proc/net/ip_vs'),
    isLoadable: isLoadable('ip_vs'),
    missingSchedulers: [...schedulers].filter((name) => !hasModule(`ip_vs_${name}`)),
  };
}

const hasModule = (name: string): boolean =>
  existsSync(`/sys/module/${name}`) || knowsSymbol(name) || isLoadable(name);

const isLoadable = (name: string): boolean => outputOf('modprobe', ['-n', '-q', name]) !== undefined;

/** A module without parameters that is built in has no folder in /sys/module, but its functions have names. */
const knowsSymbol = (name: string): boolean => textOf('/proc/kallsyms').includes(` ${name}_init`);
