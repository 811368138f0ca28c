/** Numbers of libpcap's registry of link types. */
export const LINKTYPE = { ETHERNET: 1, IPV4: 228 } as const;

/** A capture file in the classic format: 24 bytes of header, then 16 bytes before each packet; little endian. */
export function pcapFile(linkType: number, packets: readonly Uint8Array[]): Uint8Array {
  const header = new Uint8Array(24);
  const view = new DataView(header.buffer);
  view.setUint32(0, 0xa1b2c3d4, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, 0xffff, true);
  view.setUint32(20, linkType, true);
  return Buffer.concat([header, ...packets.flatMap((packet, i) => [recordHeader(packet, i), packet])]);
}

/** Packets stand a second apart. */
function recordHeader(packet: Uint8Array, second: number): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, second, true);
  view.setUint32(8, packet.length, true);
  view.setUint32(12, packet.length, true);
  return bytes;
}
