import type { Paint } from '@holdfast/config';

const inColour = (code: string, text: string): string => `\u001b[${code}m${text}\u001b[0m`;
const colours = { error: '1;31', warning: '1;33', note: '1;36' } as const;

/** Colours for a terminal. */
export const coloured: Paint = {
  severity: (severity, text) => inColour(colours[severity], text),
  quiet: (text) => inColour('2', text),
};

export const plain: Paint = { severity: (_, text) => text, quiet: (text) => text };

/** Colours on a terminal, unless NO_COLOR is set (https://no-color.org). */
export const paintFor = (
  isTerminal: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Paint => (isTerminal && (environment['NO_COLOR'] ?? '') === '' ? coloured : plain);
