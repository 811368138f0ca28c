import type { exitCodeOf, memoryFiles, parseConfig } from '@holdfast/config';
import { interfaces } from './parse.ts';
import seen from './seen-verdicts.json' with { type: 'json' };
import { verdicts } from './verdict-table.ts';

/** The parser, or one with a deliberate bug. */
export interface Parser {
  readonly exitCodeOf: typeof exitCodeOf;
  readonly memoryFiles: typeof memoryFiles;
  readonly parseConfig: typeof parseConfig;
}

const path = '/etc/keepalived/keepalived.conf';

/** @returns what the parser says otherwise than keepalived did; undefined: nothing */
export function firstFault(parser: Parser): string | undefined {
  const statusOf = (text: string): number => {
    const files = parser.memoryFiles({ [path]: text });
    return parser.exitCodeOf(parser.parseConfig({ path, configId: 'r1', files, interfaces }).diagnostics);
  };
  const named = verdicts.find(([, text, status]) => statusOf(text) !== status);
  if (named !== undefined) return named[0];
  return seen.find(({ text, status }) => statusOf(text) !== status)?.text;
}
