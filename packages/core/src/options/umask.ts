/** A umask as keepalived(8) -u takes it: decimal, 0octal or 0xhex, at most 0777. @returns nothing for anything else */
export function parseUmask(text: string): number | undefined {
  const value = numberOf(text);
  return value !== undefined && value <= 0o777 ? value : undefined;
}

function numberOf(text: string): number | undefined {
  if (/^0x[0-9a-f]+$/i.test(text)) return Number.parseInt(text, 16);
  if (/^0[0-7]*$/.test(text)) return Number.parseInt(text, 8);
  return /^[1-9]\d*$/.test(text) ? Number.parseInt(text, 10) : undefined;
}
