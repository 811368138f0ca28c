import { readdirSync, readlinkSync } from 'node:fs';
import { endianness } from 'node:os';
import { addressFromBytes, fromHex, type IpAddress } from '@holdfast/kit';
import type { Listener } from '../facts.ts';
import { textOf } from './text.ts';

const tables = [
  { protocol: 'tcp', file: 'tcp', waiting: '0A' },
  { protocol: 'tcp', file: 'tcp6', waiting: '0A' },
  { protocol: 'udp', file: 'udp', waiting: '07' },
  { protocol: 'udp', file: 'udp6', waiting: '07' },
] as const;

/** Sockets that wait for clients in this network namespace, with their programs; proc(5) /proc/net/tcp. */
export function listeners(): readonly Listener[] {
  const found = tables.flatMap(({ protocol, file, waiting }) =>
    textOf(`/proc/net/${file}`)
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const columns = line.trim().split(/\s+/);
        const [address = '', port = ''] = columns[1]?.split(':') ?? [];
        if (columns[3] !== waiting || !/^(?:[0-9A-F]{8}|[0-9A-F]{32})$/.test(address)) return [];
        const inode = columns[9] ?? '';
        return [{ protocol, address: socketAddress(address), port: Number.parseInt(port, 16), inode }];
      }),
  );
  const owners = ownersOf(new Set(found.map(({ inode }) => inode)));
  return found.map(({ inode, ...listener }) => ({ ...listener, program: owners.get(inode) }));
}

/** Words of four bytes in the order of the machine. */
function socketAddress(hex: string): IpAddress {
  const bytes = fromHex(hex.toLowerCase());
  if (endianness() === 'BE') return addressFromBytes(bytes);
  return addressFromBytes(bytes.map((_, index) => bytes[(index & ~3) + 3 - (index & 3)] ?? 0));
}

/** @returns `nginx (pid 812)` by inode; without those of processes that may not be looked at */
function ownersOf(inodes: ReadonlySet<string>): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  if (inodes.size === 0) return owners;
  for (const pid of entriesOf('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const fd of entriesOf(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1] ?? '';
      if (!inodes.has(inode) || owners.has(inode)) continue;
      owners.set(inode, `${programName(pid)} (pid ${pid})`);
    }
  }
  return owners;
}

/** A process may call itself what it likes: nothing of it shall steer the reader's terminal. */
const programName = (pid: string): string =>
  textOf(`/proc/${pid}/comm`)
    .trim()
    .replaceAll(/[^ -~]/g, '?');

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
