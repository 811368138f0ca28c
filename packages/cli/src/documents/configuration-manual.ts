import { keywordBlocks } from './keyword-blocks.ts';
import { whatHolds, writtenAs } from './keyword-text.ts';
import { entry, example, heading, paragraph, title } from './roff.ts';

/** holdfast.conf(5), from the keyword table. */
export const configurationManual = (version: string): string =>
  [
    title('holdfast.conf', 5, version),
    'holdfast.conf \\- the configuration of holdfastd, which is that of keepalived',
    heading('DESCRIPTION'),
    paragraph(
      'holdfastd reads what keepalived reads: /etc/keepalived/keepalived.conf, or the file behind -f. A keyword stands on a line of its own with its arguments; the brace that opens a block stands on the line of its keyword, the one that closes it on its own line. A comment begins with # or !.',
    ),
    paragraph(
      'What keepalived does not have stands on lines that begin with @holdfast; keepalived skips them, so that one file serves both:',
    ),
    example('global_defs {\n    @holdfast vrrp_socket raw-socket\n}'),
    paragraph(
      '`holdfast check` tells what is wrong with a file, `holdfast explain` what a keyword means, and `holdfast plan` what a reload would change.',
    ),
    ...keywordBlocks().flatMap(({ path, keywords }) => [
      heading(path === '' ? 'KEYWORDS OF THE FILE' : path === '(lexical)' ? 'THE LANGUAGE' : `IN ${path}`),
      ...keywords.map((facts) => entry(writtenAs(facts), [facts.meaning, ...whatHolds(facts)])),
    ]),
    heading('SEE ALSO'),
    paragraph('holdfastd(8), holdfast(1)'),
    '',
  ].join('\n');
