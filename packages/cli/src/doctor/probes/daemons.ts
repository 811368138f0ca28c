import { readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import type { Daemon } from '../facts.ts';
import { textOf } from './text.ts';

/** Processes of VRRP daemons that share this process's network. @param names what Holdfast's processes are called */
export function daemons(names: ReadonlySet<string>): readonly Daemon[] {
  const network = linkOf('/proc/self/ns/net');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      if (linkOf(`/proc/${pid}/ns/net`) !== network) return [];
      const kind = kindOf(pid, names);
      return kind === undefined ? [] : [{ pid: Number(pid), kind }];
    });
}

/** Holdfast bears keepalived's name, so that `killall keepalived` finds it, but runs on Node. */
function kindOf(pid: string, names: ReadonlySet<string>): Daemon['kind'] | undefined {
  const program = basename(linkOf(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
  if (program === 'keepalived') return 'keepalived';
  if (!/^node/.test(program)) return undefined;
  const [first = '', second = ''] = textOf(`/proc/${pid}/cmdline`).split('\0');
  return names.has(first) || /holdfastd[^/]*$/.test(second) ? 'holdfast' : undefined;
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
