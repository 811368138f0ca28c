/**
 * The internet checksum: the 16-bit one's complement of the one's complement sum of 16-bit words (RFC 1071 §1).
 * Over bytes that hold a right checksum the result is 0. Parts count as if they stood one after the other; every part
 * but the last must have an even length.
 * @returns 0 to 0xffff, to be written in network byte order
 */
export function internetChecksum(...parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) sum += sumOfWords(part);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** An odd byte at the end counts as the high half of a word whose low half is 0 (RFC 1071 §4.1). */
function sumOfWords(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  return sum;
}
