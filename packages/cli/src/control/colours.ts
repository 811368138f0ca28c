/** Words painted by what they mean. */
export interface Colours {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly odd: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
}

const painted =
  (code: string) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;
const same = (text: string): string => text;

const onTerminal: Colours = {
  good: painted('32'),
  bad: painted('1;31'),
  odd: painted('33'),
  strong: painted('1'),
  quiet: painted('2'),
};
const plain: Colours = { good: same, bad: same, odd: same, strong: same, quiet: same };

/** Colours on a terminal, unless NO_COLOR is set (https://no-color.org). */
export const coloursFor = (
  isTerminal: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Colours => (isTerminal && (environment['NO_COLOR'] ?? '') === '' ? onTerminal : plain);
