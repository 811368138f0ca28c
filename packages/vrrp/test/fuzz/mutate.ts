import type { Random } from '@holdfast/kit';
import { internetChecksum } from '@holdfast/wire';

/** Numbers that tend to stand on one side of a check. */
const edges = [
  0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 0x21, 0x31, 0x45, 0x46, 50, 51, 52, 100, 112, 127, 128, 224, 254, 255,
];

/** A packet with up to four things done to it; sometimes none, so that whole ones stay in the mixture. */
export function mutate(random: Random, seed: Uint8Array, other: Uint8Array): Uint8Array {
  let bytes: Uint8Array = seed.slice();
  for (let left = random.whole(0, 4); left > 0; left--) bytes = random.pick(mutations)(random, bytes, other);
  return bytes;
}

type Mutation = (random: Random, bytes: Uint8Array, other: Uint8Array) => Uint8Array;

const mutations: readonly Mutation[] = [
  (random, bytes) => patched(bytes, place(random, bytes), (old) => old ^ (1 << random.whole(0, 7))),
  (random, bytes) => patched(bytes, place(random, bytes), () => random.pick(edges)),
  (random, bytes) => patched(bytes, place(random, bytes), () => random.whole(0, 255)),
  // No interval; no address.
  (_, bytes) =>
    patched(
      patched(bytes, 24, () => 0),
      25,
      () => 0,
    ),
  (_, bytes) => joined(bytes.subarray(0, 28), bytes.subarray(28 + 4 * (bytes[23] ?? 0))),
  // The fields that decide, more often than chance would have it.
  (random, bytes) =>
    patched(bytes, random.pick([0, 3, 6, 8, 9, 19, 20, 21, 22, 23, 24, 25]), () => random.pick(edges)),
  (random, bytes) => bytes.slice(0, random.whole(0, bytes.length)),
  (random, bytes) =>
    joined(
      bytes,
      Uint8Array.from({ length: random.whole(1, 40) }, () => random.whole(0, 255)),
    ),
  (random, bytes, other) => joined(bytes.subarray(0, 20), other.subarray(random.whole(0, 24))),
  (random, bytes) => {
    const from = random.whole(0, bytes.length);
    return joined(bytes.subarray(0, from), bytes.subarray(from + random.whole(1, 8)));
  },
  (random) => Uint8Array.from({ length: random.whole(0, 100) }, () => random.whole(0, 255)),
];

/**
 * Makes lengths, often the count, and the checksum right again where that is possible, so that what is behind these checks is reached too.
 * Version 3 gets one of its two forms by chance.
 */
export function mend(random: Random, packet: Uint8Array): Uint8Array {
  const headerBytes = ((packet[0] ?? 0) & 0x0f) * 4;
  if (packet.length < headerBytes + 8 || headerBytes < 20) return packet;
  const bytes = packet.slice();
  bytes[2] = bytes.length >> 8;
  bytes[3] = bytes.length & 0xff;
  const message = bytes.subarray(headerBytes);
  const listBytes = message.length - 8 - ((message[0] ?? 0) >> 4 === 2 ? 8 : 0);
  if (random.chance(0.5)) message[3] = listBytes / 4;
  message.fill(0, 6, 8);
  const withPseudo = (message[0] ?? 0) >> 4 === 3 && random.chance(0.5);
  const pseudo = [...bytes.subarray(12, 20), 0, 112, message.length >> 8, message.length & 0xff];
  const sum = internetChecksum(Uint8Array.from(withPseudo ? pseudo : []), message);
  message[6] = sum >> 8;
  message[7] = sum & 0xff;
  return bytes;
}

const place = (random: Random, bytes: Uint8Array): number => random.whole(0, Math.max(0, bytes.length - 1));

function patched(bytes: Uint8Array, at: number, change: (old: number) => number): Uint8Array {
  const old = bytes[at];
  if (old !== undefined) bytes[at] = change(old);
  return bytes;
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => Uint8Array.from([...a, ...b]);
