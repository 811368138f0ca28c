import { parseAddress } from '@holdfast/kit';
import { isHostName } from './host-name.ts';
import type { Reader } from './reader.ts';

export interface PoolWishes {
  readonly servers: readonly ServerWish[];
  /** Port of the virtual servers; undefined: of the real ones. */
  readonly port: number | undefined;
  readonly method: 'NAT' | 'DR' | 'TUN';
  readonly scheduler: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly check: Check;
}

export type Check =
  | { readonly kind: 'none' }
  | { readonly kind: 'tcp' }
  | { readonly kind: 'page'; readonly path: string };

/** One word of HOLDFAST_POOL; a name may stand for several servers. */
export interface ServerWish {
  readonly host: string;
  readonly port: number;
  readonly weight: number;
}

const dependent = [
  'HOLDFAST_POOL_PORT',
  'HOLDFAST_POOL_METHOD',
  'HOLDFAST_POOL_SCHEDULER',
  'HOLDFAST_POOL_PROTOCOL',
  'HOLDFAST_POOL_CHECK',
] as const;

/** The LVS pool; undefined where HOLDFAST_POOL is not set. */
export function readPoolWishes(read: Reader): PoolWishes | undefined {
  const words = read.words('HOLDFAST_POOL');
  if (words.length === 0) {
    for (const name of dependent)
      if (read.text(name) !== undefined)
        read.complain(
          `${name} is set, and HOLDFAST_POOL is not`,
          'name the real servers there, HOST:PORT each',
        );
    return undefined;
  }
  const protocol = read.choice('HOLDFAST_POOL_PROTOCOL', ['TCP', 'UDP']) ?? 'TCP';
  const wishes: PoolWishes = {
    servers: words.flatMap((word) => readServer(word, read)),
    port: read.number('HOLDFAST_POOL_PORT', { least: 1, most: 65535 }),
    method: read.choice('HOLDFAST_POOL_METHOD', ['NAT', 'DR', 'TUN']) ?? 'NAT',
    scheduler: readScheduler(read),
    protocol,
    check: readCheck(read, protocol),
  };
  agree(wishes, read);
  return wishes;
}

/** The virtual servers' port: as said, or the one that all real servers have. */
export const virtualPort = ({ port, servers }: PoolWishes): number | undefined =>
  port ?? (new Set(servers.map((server) => server.port)).size === 1 ? servers[0]?.port : undefined);

function agree(wishes: PoolWishes, read: Reader): void {
  if (wishes.servers.length === 0) return;
  const port = virtualPort(wishes);
  if (port === undefined) {
    read.complain('the servers of HOLDFAST_POOL have different ports', 'set HOLDFAST_POOL_PORT');
    return;
  }
  const odd = wishes.servers.find((server) => server.port !== port);
  if (wishes.method !== 'NAT' && odd !== undefined)
    read.complain(
      `HOLDFAST_POOL_METHOD=${wishes.method} leaves ports as they are, and ${odd.host} listens at ${odd.port} instead of ${port}`,
      'use NAT, or the same port everywhere',
    );
}

function readServer(word: string, read: Reader): readonly ServerWish[] {
  const [, inBrackets, plain, port, weight = '1'] =
    /^(?:\[([^\]]+)\]|([^:=]+)):(\d{1,5})(?:=(\d{1,5}))?$/.exec(word) ?? [];
  const host = inBrackets ?? plain ?? '';
  const isName = inBrackets === undefined && isHostName(host);
  const isHost = isName || parseAddress(host) !== undefined;
  if (isHost && Number(port) >= 1 && Number(port) <= 65535 && Number(weight) <= 65535)
    return [{ host, port: Number(port), weight: Number(weight) }];
  read.complain(
    `HOLDFAST_POOL: ${word} is no server`,
    'write HOST:PORT, [IPV6]:PORT, or either with =WEIGHT behind it',
  );
  return [];
}

function readScheduler(read: Reader): string {
  const text = read.text('HOLDFAST_POOL_SCHEDULER') ?? 'rr';
  if (/^[a-z]{2,10}$/.test(text)) return text;
  read.complain(
    `HOLDFAST_POOL_SCHEDULER=${text} is no scheduler`,
    'write rr, wrr, lc, wlc, sh or another of ip_vs',
  );
  return 'rr';
}

function readCheck(read: Reader, protocol: 'TCP' | 'UDP'): Check {
  const text = read.text('HOLDFAST_POOL_CHECK');
  if (text === undefined) return protocol === 'UDP' ? { kind: 'none' } : { kind: 'tcp' };
  if (text === 'tcp' || text === 'none') return { kind: text };
  if (/^\/[^\s"'\\$`#!{}]*$/.test(text)) return { kind: 'page', path: text };
  read.complain(
    `HOLDFAST_POOL_CHECK=${text} is not understood`,
    'write tcp, none, or the path of a page such as /health',
  );
  return { kind: 'none' };
}
