import { genhashHelp } from '../genhash/help.ts';
import { entry, heading, paragraph, title } from './roff.ts';

/** genhash(1), from what `genhash --help` prints: usage, what it does, a line for each option. */
export function genhashManual(version: string): string {
  const [usage = '', , does = '', , ...lines] = genhashHelp.split('\n');
  const options = lines.flatMap((line) => {
    const [, flags, meaning] = /^ {2}(\S.*?) {2,}(\S.*)$/.exec(line) ?? [];
    return flags === undefined || meaning === undefined ? [] : [entry(flags, [meaning])];
  });
  return [
    title('genhash', 1, version),
    'genhash \\- digest of a page for HTTP_GET and SSL_GET',
    heading('SYNOPSIS'),
    paragraph(usage.replace('usage: ', '')),
    heading('DESCRIPTION'),
    paragraph(does),
    heading('OPTIONS'),
    ...options,
    heading('SEE ALSO'),
    paragraph('holdfast.conf(5), holdfastd(8)'),
    '',
  ].join('\n');
}
