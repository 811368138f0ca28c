import type { Page } from './fetch-page.ts';
import { hexDump } from './hex-dump.ts';

const headerEnd = '\r\n\r\n';

/** What genhash prints: the digest alone, or with -v the whole conversation around it. */
export function genhashReport(page: Page, url: string, verbose: boolean): string {
  if (!verbose) return `${page.digest}\n`;
  const end = page.bytes.indexOf(headerEnd, 0, 'latin1') + headerEnd.length;
  const header = page.bytes.subarray(0, end);
  return [
    rule('HTTP Header Buffer'),
    hexDump(header),
    rule('HTTP Header Ascii Buffer'),
    header.toString('latin1').replaceAll('\r', ''),
    hexDump(page.bytes.subarray(end)),
    '',
    rule('HTML hash resulting'),
    hexDump(Buffer.from(page.digest, 'hex')),
    rule('HTML hash final resulting'),
    page.digest,
    '',
    `Global response time for [${url}] = ${page.took} usecs`,
    '',
  ].join('\n');
}

const rule = (title: string): string =>
  `-----------------------[ ${title.padStart(22)} ]-----------------------`;
