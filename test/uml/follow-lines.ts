import { closeSync, existsSync, openSync, readSync } from 'node:fs';

const lookEvery = 50;

/**
 * Reads a file that grows, a line at a time; it need not be there yet.
 * @returns a function that reads the rest and ends it
 */
export function followLines(file: string, onLine: ((line: string) => void) | undefined): () => void {
  if (onLine === undefined) return () => undefined;
  const chunk = Buffer.alloc(65_536);
  let descriptor: number | undefined;
  // A character may be cut in two: bytes are kept until their line is whole.
  let rest = Buffer.alloc(0);
  const look = (): void => {
    if (descriptor === undefined && existsSync(file)) descriptor = openSync(file, 'r');
    if (descriptor === undefined) return;
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
      rest = Buffer.concat([rest, chunk.subarray(0, read)]);
    }
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      onLine(rest.subarray(0, end).toString());
      rest = rest.subarray(end + 1);
    }
  };
  const timer = setInterval(look, lookEvery);
  return () => {
    clearInterval(timer);
    look();
    if (descriptor !== undefined) closeSync(descriptor);
  };
}
