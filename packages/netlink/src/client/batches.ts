/** Most messages and bytes of one send: within the send buffer, and a reader's turn at the answers in between. */
const limits = { messages: 64, bytes: 32_768 } as const;

/** Cuts encoded messages into what one send takes, in order. A longer message than the limit goes alone. */
export function batches<T>(items: readonly T[], sizeOf: (item: T) => number): readonly (readonly T[])[] {
  const cut: T[][] = [];
  let current: T[] = [];
  let bytes = 0;
  for (const item of items) {
    if (current.length >= limits.messages || (current.length > 0 && bytes + sizeOf(item) > limits.bytes)) {
      cut.push(current);
      current = [];
      bytes = 0;
    }
    current.push(item);
    bytes += sizeOf(item);
  }
  if (current.length > 0) cut.push(current);
  return cut;
}
