const perLine = 16;
const half = 8;

/** Bytes as genhash -v shows them: a decimal offset, two groups of eight, and what of it is printable. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += perLine) lines.push(line(at, bytes.subarray(at, at + perLine)));
  return lines.join('\n');
}

function line(at: number, bytes: Uint8Array): string {
  const cells = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const hexadecimal = [cells.slice(0, half), cells.slice(half)].map((group) => group.join(' ')).join(' - ');
  const shown = [...bytes].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
  const width = perLine * 3 + 1;
  return `${String(at).padStart(4, '0')}  ${hexadecimal.padEnd(width)}   ${shown.join('')}`;
}
