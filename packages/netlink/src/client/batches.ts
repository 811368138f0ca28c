/**
 * Most messages and bytes of one send: within the send buffer, whose least default is 208 KiB; and as many refusals as
 * one reading takes, and the least receive buffer holds.
 */
export const sendLimits = { messages: 256, bytes: 65_536 } as const;

/** Cuts messages into what one send takes, in order. A longer message than the limit goes alone. */
export function batches<T>(items: readonly T[], sizeOf: (item: T) => number): readonly (readonly T[])[] {
  const cut: (readonly T[])[] = [];
  let start = 0;
  let bytes = 0;
  items.forEach((item, i) => {
    const size = sizeOf(item);
    const isFull = i - start >= sendLimits.messages || bytes + size > sendLimits.bytes;
    if (isFull && i > start) {
      cut.push(items.slice(start, i));
      [start, bytes] = [i, 0];
    }
    bytes += size;
  });
  if (start < items.length) cut.push(items.slice(start));
  return cut;
}
