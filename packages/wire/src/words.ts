/** The 16-bit number in network byte order at `at`; missing bytes count as 0, so check the length before. */
export const uint16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** Writes a 16-bit number in network byte order; higher bits are cut off. */
export function setUint16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = (value >> 8) & 0xff;
  bytes[at + 1] = value & 0xff;
}
