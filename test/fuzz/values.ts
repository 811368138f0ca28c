import { wholeTable } from '@holdfast/config';
import type { Random } from '@holdfast/kit';
import type { ValueFor } from './syntax.ts';

/** Numbers at the ends of what computers and manuals allow, and things that are nearly numbers. */
export const oddNumbers = [
  '0', '1', '-1', '2', '3', '99', '100', '101', '254', '255', '256', '-253', '-254', '-255', '1000', '1001',
  '65535', '65536', '2147483647', '2147483648', '4294', '4295', '4294967', '4294967295', '4294967296',
  '18446744073709551615', '18446744073709551616', '0.5', '.5', '5.', '1.5', '0.000001', '0.0000001', '1.1234567',
  '4294.967295', '4294.967296', '10abc', '0x10', '010', '+5', '1e3', '--5', '1,5', '1-5', '5s', '00', '-0', '',
] as const; // biome-ignore format: a table

const picks: Readonly<Record<string, readonly string[]>> = {
  NAME: ['n1', 'V1', 'V2', 'G', 'a', 'chk', 'x-y', 'eth0', 'thisnameislongerthanfifteen'],
  INTERFACE: ['eth0', 'eth0', 'eth0', 'eth1', 'lo', 'eth7', 'averyveryverylongname'],
  IFNAME: ['eth0', 'eth0', 'eth1', 'lo', 'eth7'],
  ADDRESS: ['10.0.0.3', '10.0.0.9', '10.0.1.7', '224.0.0.19', '2001:db8::3', 'fe80::1', 'ff02::19', '10.0.0.2', '10.0.0.256', '10.0.0', '::', '0.0.0.0'],
  ADDRESS4: ['10.0.0.3', '10.0.0.9', '10.0.1.7', '10.0.1.8'],
  PREFIX: ['10.0.0.0/8', '10.1.0.0/16', 'default', '2001:db8::/32', '10.0.0.0/33', '10.0.0.1', '2001:db8::/129'],
  LENGTH: ['24', '32', '8', '0', '33', '64', '128', '129'],
  PORT: ['80', '443', '1', '65535', '0', '65536', 'http'],
  HOST: ['localhost', '10.0.0.5', '::1'],
  STRING: ['word', '"two words"', 'x_1', "it's"],
  FILE: ['/etc/hostname', '/nonexistent/file', 'file'],
  PATH: ['/tmp/hf-path', '/nonexistent/path', 'path'],
  DIR: ['/tmp', '/nonexistent/dir'],
  USER: ['root', 'root', 'nobody', 'nosuch', '0'],
  GROUP: ['root', 'G', 'nosuch', '1'],
  VRRP_INSTANCE: ['V1', 'V2', 'none'],
  LABEL: ['eth0:1', 'eth0:label', 'averyverylonglabel'],
  SCOPE: ['link', 'global', 'host', 'site', '5', '256', 'foo'],
  TOS: ['4', '0x10', '256', 'foo'],
  TABLE: ['5', 'main', 'local', '0', '4294967295', 'foo'],
  PROTOCOL: ['boot', 'static', 'tcp', 'udp', '5', '256', 'foo'],
  MARK: ['5', '0x10', '4294967295', '4294967296'],
  MASK: ['0xff', '255'],
  PASSWORD: ['secret', '12345678', '123456789', '"a b"'],
  MAC: ['02:00:00:00:00:01', '02:00:00:00:00', '01:00:00:00:00:01', 'zz:00:00:00:00:01'],
  COMMAND: ['/bin/true', '/bin/false', '/nonexistent/script'],
  ARGUMENTS: ['a', '-v x', '5'],
  PARAMETER: ['a', '-v'],
  CPU: ['0', '1', '999', 'x'],
  NETMASK: ['255.255.255.0', '255.0.255.0', '0.0.0.0', '10.0.0.1'],
  PREFIX_LENGTH: ['64', '128', '129', '24'],
  MD5: ['d41d8cd98f00b204e9800998ecf8427e', 'abc', 'g41d8cd98f00b204e9800998ecf8427e'],
  CODE: ['200', '404', '99', '600', '599'],
  FIRST: ['1', '200', '5', '0'],
  LAST: ['2', '299', '5', '65535', '65536', '0'],
  PATTERN: ['ok', '"a b"', '"[a-z]+"', "'x y'", '"a(b"'],
  OPTION: ['caseless', 'multiline', 'dotall', 'foo'],
  START: ['1', '1024', '5'],
  MAX: ['1024', '65536', '1'],
  HEX: ['00ff', '1', 'a b', 'xx', 'zz', '0g'],
  BIT: ['IRWXU', 'IWGRP', 'IFOO'],
  MIN: ['1'],
  VALUE: ['5', '0', '-254', '255'],
  PRIORITY: ['1', '254', '255', '0'],
  SOURCE: ['3'],
  DESTINATION: ['4', '300'],
  LOCATOR: ['1:2:3:4', 'x'],
  TYPE: ['unicast', 'blackhole', 'local', 'foo'],
  TIME: ['300', '3', '121'],
  DESTADDR: ['10.0.0.3'],
  VIRTUAL: ['10.0.0.9/24'],
  INCHAIN: ['A'],
  OUTCHAIN: ['B'],
  ID: ['1', '255', '256', '0'],
}; // biome-ignore format: a table

const numeric = new Set(['NUMBER', 'SECONDS', 'BYTES', 'MICROSECONDS', 'MILLISECONDS', 'WEIGHT', 'N']);

/** Values for the words of a syntax: numbers within the range that the table gives, at its ends, and just outside. */
export const valuesIn =
  (range: string | undefined): ValueFor =>
  (word, random) =>
    numeric.has(word) ? numberIn(range ?? '', random) : picked(word, range ?? '', random);

function picked(word: string, range: string, random: Random): string | undefined {
  const known = picks[word];
  if (known === undefined) return undefined;
  if (word === 'ADDRESS' && random.chance(0.7)) return random.pick(addressesFor(range));
  // What is usual stands first.
  return random.chance(0.5) ? known[0] : random.pick(known);
}

function addressesFor(range: string): readonly string[] {
  if (/multicast IPv6/.test(range)) return ['ff02::19', 'ff05::19'];
  if (/multicast/.test(range)) return ['224.0.0.19', '239.0.0.1'];
  return /IPv6/.test(range) ? ['2001:db8::3', 'fe80::1'] : ['10.0.0.3', '10.0.0.9', '10.0.1.7'];
}

function numberIn(range: string, random: Random): string {
  const [, low, high] = /(-?[\d.]+) to (-?[\d.]+)/.exec(range) ?? [];
  if (low === undefined || high === undefined || random.chance(0.05)) return random.pick(oddNumbers);
  const [least, most] = [Number(low), Number(high)];
  return random.pick([
    low,
    high,
    String(random.whole(Math.ceil(least), Math.min(most, Math.ceil(least) + 200))),
    String(random.whole(Math.ceil(least), Math.min(most, Math.ceil(least) + 5))),
    random.chance(0.3) ? outside(least, most, random) : String(Math.min(most, Math.ceil(least) + 1)),
  ]);
}

const outside = (least: number, most: number, random: Random): string =>
  random.chance(0.5) ? String(least - 1) : String(most + 1);

/** The alphabet of the language: keywords of every block, and what stands around them. */
export const languageWords: readonly string[] = [
  ...new Set(wholeTable().map(({ name }) => name)),
  ...Object.values(picks).flat(),
  ...oddNumbers,
  ...['{', '}', '{', '}', '"', "'", '\\', '#', '!', '@', '@r1', '@^r1', '@holdfast', '$', '$A', '$A=', '$A=$A', '$B=$A \\'],
  ...['$'.concat('{A}'), '$'.concat('{_RANDOM 1 5}'), '$'.concat('{_ENV HOME}'), '~SEQ(A, 3)', '~SEQx(A, 1, 12)', '~LST(A, b, c)', '~SEQ(', '~LST({A,B}, {1,2})'],
  ...['include', 'include a', 'includem a', '<x>', '\0', '\xef\xbb\xbf', '\xe3\x80\x80', '\v', '\f', '%', '(', ')', ',', '='],
]; // biome-ignore format: a table
