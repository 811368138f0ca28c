import { expect, test } from 'vitest';
import { settledRead } from '../../src/files/settled-read.ts';

/** A file whose content is exchanged during the readings of these numbers, from 1. */
function fileWithWriter(writes: readonly number[]): {
  readonly read: () => string;
  readonly readings: () => number;
} {
  let [version, readings] = [0, 0];
  const bytes = (): Uint8Array => {
    readings++;
    const text = `version ${version}`;
    if (writes.includes(readings)) version++;
    return new TextEncoder().encode(text);
  };
  const read = (): string =>
    new TextDecoder().decode(settledRead({ fingerprint: () => `${version}`, content: bytes }));
  return { read, readings: () => readings };
}

test.each([
  [[], 'version 0', 1],
  [[1], 'version 1', 2],
  [[1, 2], 'version 2', 3],
  [[1, 2, 3, 4, 5, 6], 'version 3', 4],
] as const)(
  'a file that is written to during the readings %j is read as %s, in %i readings',
  (writes, text, count) => {
    const file = fileWithWriter(writes);
    expect(file.read()).toBe(text);
    expect(file.readings()).toBe(count);
  },
);
