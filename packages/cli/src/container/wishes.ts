import { familyOf, type IpAddress, isMulticast, parseAddress } from '@holdfast/kit';
import { isHostName } from './host-name.ts';
import { type PoolWishes, readPoolWishes } from './pool-wishes.ts';
import type { Reader } from './reader.ts';
import { readTrackWishes, type TrackWishes } from './track-wishes.ts';

/** What the environment asks for, before anything is known of the network. */
export interface Wishes {
  readonly interface: string | undefined;
  readonly address: IpAddress | undefined;
  readonly vips: readonly VirtualAddress[];
  /** Addresses and names; empty: multicast. */
  readonly peers: readonly string[];
  /** By a number for all, or by host name. */
  readonly priority: number | ReadonlyMap<string, number> | undefined;
  readonly ordinal: number | undefined;
  readonly vrid: number | undefined;
  readonly version: 2 | 3 | undefined;
  /** Seconds. */
  readonly advertInterval: number | undefined;
  readonly preempt: boolean;
  readonly hasPassword: boolean;
  readonly track: TrackWishes;
  readonly pool: PoolWishes | undefined;
  /** Seconds. */
  readonly wait: number;
}

export interface VirtualAddress {
  readonly address: IpAddress;
  readonly prefixLength: number | undefined;
}

const patience = { fallback: 30, most: 3600 } as const;

/** Reads the environment; contradictions and mistakes are left with the reader. */
export function readWishes(read: Reader): Wishes {
  const vips = readVips(read);
  const version = read.choice('HOLDFAST_VERSION', ['2', '3']);
  const wishes: Wishes = {
    interface: read.text('HOLDFAST_INTERFACE'),
    address: readAddress(read),
    vips,
    peers: readPeers(read),
    priority: readPriority(read),
    ordinal: read.number('HOLDFAST_ORDINAL', { least: 0, most: 19 }),
    vrid: read.number('HOLDFAST_VRID', { least: 1, most: 255 }),
    version: version === undefined ? undefined : version === '2' ? 2 : 3,
    advertInterval: read.number('HOLDFAST_ADVERT_INTERVAL', { least: 0.01, most: 40, fraction: true }),
    preempt: (read.choice('HOLDFAST_PREEMPT', ['yes', 'no']) ?? 'yes') === 'yes',
    hasPassword:
      read.text('HOLDFAST_AUTH_PASS') !== undefined || read.text('HOLDFAST_AUTH_PASS_FILE') !== undefined,
    track: readTrackWishes(read),
    pool: readPoolWishes(read),
    wait: read.number('HOLDFAST_WAIT', { least: 0, most: patience.most }) ?? patience.fallback,
  };
  contradictions(read, wishes);
  return wishes;
}

function readVips(read: Reader): readonly VirtualAddress[] {
  if (read.text('HOLDFAST_VIP') !== undefined && read.text('HOLDFAST_VIPS') !== undefined)
    read.complain('HOLDFAST_VIP and HOLDFAST_VIPS are both set', 'put all addresses into HOLDFAST_VIPS');
  return [...read.words('HOLDFAST_VIP'), ...read.words('HOLDFAST_VIPS')].flatMap((word) => {
    const [text = '', length, ...more] = word.split('/');
    const address = parseAddress(text);
    const most = address !== undefined && familyOf(address) === 6 ? 128 : 32;
    const fits = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= most);
    if (address !== undefined && !isMulticast(address) && fits && more.length === 0)
      return [{ address, prefixLength: length === undefined ? undefined : Number(length) }];
    read.complain(`HOLDFAST_VIPS: ${word} is no virtual address`, 'write ADDRESS or ADDRESS/PREFIX');
    return [];
  });
}

function readAddress(read: Reader): IpAddress | undefined {
  const text = read.text('HOLDFAST_ADDRESS');
  if (text === undefined) return undefined;
  return (
    parseAddress(text) ??
    read.complain(`HOLDFAST_ADDRESS=${text} is no IP address`, 'write the own address of this container')
  );
}

function readPeers(read: Reader): readonly string[] {
  const words = read.words('HOLDFAST_PEERS');
  const others = words.filter((word) => word !== 'multicast');
  if (others.length > 0 && others.length < words.length)
    read.complain(
      'HOLDFAST_PEERS names multicast and routers',
      'write either multicast, or addresses and names',
    );
  const odd = others.filter((word) => parseAddress(word) === undefined && !isHostName(word));
  for (const word of odd)
    read.complain(`HOLDFAST_PEERS: ${word} is neither an address nor a name`, 'write one of the two');
  return others;
}

function readPriority(read: Reader): number | ReadonlyMap<string, number> | undefined {
  const words = read.words('HOLDFAST_PRIORITY');
  const [first] = words;
  if (first === undefined) return undefined;
  if (words.length === 1 && !first.includes('='))
    return read.number('HOLDFAST_PRIORITY', { least: 1, most: 255 });
  const pairs = words.flatMap((word): readonly (readonly [string, number])[] => {
    const [, host, number] = /^([^=]+)=(\d{1,3})$/.exec(word) ?? [];
    if (host !== undefined && Number(number) >= 1 && Number(number) <= 255) return [[host, Number(number)]];
    read.complain(`HOLDFAST_PRIORITY: ${word} is not HOST=NUMBER`, 'give each host a number from 1 to 255');
    return [];
  });
  return new Map(pairs);
}

function contradictions(read: Reader, wishes: Wishes): void {
  const { vips, version, hasPassword, priority, ordinal, address, preempt, advertInterval = 1 } = wishes;
  const isSix = vips.some((vip) => familyOf(vip.address) === 6);
  if (read.text('HOLDFAST_AUTH_PASS') !== undefined && read.text('HOLDFAST_AUTH_PASS_FILE') !== undefined)
    read.complain('HOLDFAST_AUTH_PASS and HOLDFAST_AUTH_PASS_FILE are both set', 'keep the file');
  if (hasPassword && version === 3)
    read.complain('HOLDFAST_AUTH_PASS is set, and version 3 of VRRP has no passwords', 'remove one of them');
  if (isSix && vips.every((vip) => familyOf(vip.address) === 6) && (hasPassword || version === 2))
    read.complain(
      'VRRP for IPv6 is version 3, which has no passwords',
      'remove HOLDFAST_AUTH_PASS and HOLDFAST_VERSION',
    );
  if ((version === 2 || hasPassword) && !Number.isInteger(advertInterval))
    read.complain(
      `HOLDFAST_ADVERT_INTERVAL=${advertInterval} is no whole number of seconds, which versions before 3 and passwords need`,
      'write whole seconds, or remove the other variable',
    );
  if (priority !== undefined && ordinal !== undefined)
    read.complain('HOLDFAST_PRIORITY and HOLDFAST_ORDINAL are both set', 'remove one of them');
  if (priority === 255 && !preempt)
    read.complain('HOLDFAST_PRIORITY=255 always takes over', 'write 254, or remove HOLDFAST_PREEMPT=no');
  if (address !== undefined && vips.some((vip) => vip.address === address))
    read.complain(
      `${address} is both HOLDFAST_ADDRESS and a virtual address`,
      'name the own address of this container',
    );
}
