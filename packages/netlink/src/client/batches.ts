/**
 * Most messages and bytes of one send: within the send buffer, whose least default is 208 KiB; and as many refusals as
 * one reading takes, and the least receive buffer holds.
 */
export const sendLimits = { messages: 256, bytes: 65_536 } as const;

/** Cuts messages into what one send takes, in order. A longer message than the limit goes alone. */
export function batches<T>(items: readonly T[], sizeOf: (item: T) => number): readonly (readonly T[])[] {
  const cut: T[][] = [];
  let current: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (current.length >= sendLimits.messages || (current.length > 0 && bytes + size > sendLimits.bytes)) {
      cut.push(current);
      current = [];
      bytes = 0;
    }
    current.push(item);
    bytes += size;
  }
  if (current.length > 0) cut.push(current);
  return cut;
}
