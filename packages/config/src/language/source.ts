/** A file's content as physical lines, and what was unusual about its bytes. */
export interface Source {
  readonly lines: readonly string[];
  /** It does not end in a line end; that is accepted. */
  readonly byteOrderMark: boolean;
  /** Some bytes are not UTF-8; they are shown as U+FFFD. */
  readonly invalidUtf8: boolean;
}

/** Decodes a file and splits it at line feeds; a carriage return before one is white space like any other. */
export function decodeSource(bytes: Uint8Array): Source {
  const byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = new TextDecoder('utf-8').decode(bytes);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return { lines, byteOrderMark, invalidUtf8: text.includes('\ufffd') && !isValidUtf8(bytes) };
}

function isValidUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
