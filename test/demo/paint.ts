/** Text in colours, or plain where colours are not wanted. */
export interface Paint {
  readonly plain: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly blue: (text: string) => string;
}

export function paintFor(colours: boolean): Paint {
  const code = (on: number, off: number) => (text: string) =>
    colours && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    plain: (text) => text,
    bold: code(1, 22),
    dim: code(2, 22),
    red: code(31, 39),
    green: code(32, 39),
    blue: code(34, 39),
  };
}

/** Columns that a text takes, its colours not counted. */
export const plainWidth = (text: string): number => [...plainText(text)].length;

/** The text without its colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
export const plainText = (text: string): string => text.replace(/\u001b\[\d+m/g, '');
