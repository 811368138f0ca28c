import type { VrrpInstance } from '@holdfast/config';
import type { ReceiveContext, Reception } from '../../src/logic/receive.ts';

type Accepted = Extract<Reception, { kind: 'accepted' }>;

/**
 * Looks at an accepted packet again, by other means than the receive path: fixed places in the bytes, sums by
 * arithmetic on decimal words, addresses as text.
 * @returns what is wrong with having accepted it; empty when nothing is
 */
export function objections(
  config: VrrpInstance,
  context: ReceiveContext,
  bytes: Uint8Array,
  accepted: Accepted,
): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = (view.getUint8(0) % 16) * 4;
  const end = view.getUint16(2);
  const text = (at: number): string => [0, 1, 2, 3].map((i) => view.getUint8(at + i)).join('.');
  const [source, destination] = [text(12), text(16)];
  const isV2 = config.version === 2;
  const count = view.getUint8(start + 3);
  const unicast = config.unicastPeers.length > 0;
  const listed = Array.from({ length: count }, (_, i) => text(start + 8 + 4 * i));
  const wanted = config.virtualAddresses.map(({ address }) => `${address}`);
  const sameList = inOrder(listed) === inOrder(wanted);
  const interval = isV2 ? view.getUint8(start + 5) * 1e6 : (view.getUint16(start + 4) % 4096) * 1e4;
  const secret = config.authentication.type === 'pass' ? config.authentication.password : undefined;
  const rules: readonly (readonly [boolean, string])[] = [
    [view.getUint8(0) >= 0x45 && view.getUint8(0) <= 0x4f, 'IPv4'],
    [view.getUint8(9) === 112, 'protocol 112'],
    [(view.getUint16(6) & 0x3fff) === 0, 'no fragment'],
    [end <= bytes.length && (end === bytes.length || bytes.length <= 46), 'length of the packet'],
    [unicast ? Number(destination.split('.')[0]) < 224 : destination === '224.0.0.18', 'destination'],
    [unicast || view.getUint8(8) === 255, 'TTL 255'],
    [source !== context.source, 'not our own'],
    [view.getUint8(start) === (isV2 ? 0x21 : 0x31), 'version and type'],
    [view.getUint8(start + 1) === config.virtualRouterId, 'virtual router'],
    [end - start === 8 + 4 * count + (isV2 ? 8 : 0), 'length of the message'],
    [sums(bytes, start, end, isV2, unicast), 'checksum'],
    [!isV2 || view.getUint8(start + 4) === (secret === undefined ? 0 : 1), 'auth type'],
    [secret === undefined || password(bytes, end) === secret, 'password'],
    [!isV2 || interval === config.advertInterval, 'interval of version 2'],
    [isV2 || (count > 0 && interval > 0), 'no zero in version 3'],
    [!config.strict || !isV2 || sameList || view.getUint8(start + 2) === 255, 'strict list'],
    [accepted.notes.includes('address-list-differs') === !sameList, 'note of the list'],
    [accepted.advert.source === source, 'source as heard'],
    [accepted.advert.priority === view.getUint8(start + 2), 'priority as heard'],
    [accepted.advert.advertInterval === interval, 'interval as heard'],
  ];
  return rules.flatMap(([holds, what]) => (holds ? [] : [what]));
}

const inOrder = (list: readonly string[]): string => list.toSorted((a, b) => (a < b ? -1 : 1)).join();

const password = (bytes: Uint8Array, end: number): string =>
  String.fromCharCode(...bytes.subarray(end - 8, end)).replace(/\0+$/, '');

/** A right sum is 65535 modulo 65535, that is 0, and not the sum of nothing but zeros. */
function sums(bytes: Uint8Array, start: number, end: number, isV2: boolean, unicast: boolean): boolean {
  const words = (from: number, to: number): number => {
    let sum = 0;
    for (let at = from; at < to; at++) sum += (bytes[at] ?? 0) * ((at - from) % 2 === 0 ? 256 : 1);
    return sum;
  };
  const message = words(start, end);
  const around = words(12, 16) + 112 + (end - start);
  const candidates = isV2
    ? [message]
    : [message, message + around + words(16, 20), ...(unicast ? [message + around + 0xe000 + 18] : [])];
  return candidates.some((sum) => sum > 0 && sum % 65535 === 0);
}
