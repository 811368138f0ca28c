/** Text for man(7): what troff would take for a command, an escape or a typographic sign is written so that it is itself. */
export const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\[aq]')
    .replaceAll('`', '\\[ga]')
    .replaceAll('^', '\\[ha]')
    .replaceAll('~', '\\[ti]')
    .replaceAll('"', '\\[dq]')
    .replace(/[^\n\x20-\x7e]/gu, (sign) => `\\[u${hexOf(sign)}]`)
    .replace(/^\./gm, '\\&.');

const hexOf = (sign: string): string =>
  (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/** The first line of a page. @param section of the manual: 1, 5, 8 */
export const title = (name: string, section: 1 | 5 | 8, version: string): string =>
  `.TH ${roff(name.toUpperCase())} ${section} "" "holdfast ${roff(version)}" "Holdfast"\n.SH NAME`;

export const heading = (text: string): string => `.SH "${roff(text)}"`;
export const subheading = (text: string): string => `.SS "${roff(text)}"`;
export const paragraph = (text: string): string => `.PP\n${roff(text)}`;

/** A word with what is to say about it, indented; each text begins a line of its own. */
export const entry = (word: string, texts: readonly string[]): string =>
  [`.TP\n\\fB${roff(word)}\\fR`, texts.map(roff).join('\n.br\n')].join('\n');

/** Words as they are typed, line by line. */
export const example = (text: string): string => `.PP\n.nf\n${roff(text)}\n.fi`;
