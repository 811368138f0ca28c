/** Looks at a file that is open: what changes when it is written to, and all that it holds now. */
export interface OpenedFile {
  /** Any text that differs once the file was written to: its size and times. */
  readonly fingerprint: () => string;
  readonly content: () => Uint8Array;
}

/** A writer that does not come to an end in so many readings is not waited for any longer. */
const mostReadings = 4;

/** Reads a file again where it was written to meanwhile: half of it old and half of it new is no configuration. */
export function settledRead({ fingerprint, content }: OpenedFile): Uint8Array {
  for (let reading = 1; ; reading++) {
    const before = fingerprint();
    const bytes = content();
    if (fingerprint() === before || reading === mostReadings) return bytes;
  }
}
