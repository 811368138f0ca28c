import { keywordFacts, suggest } from '@holdfast/config';
import { configurationSchema } from '@holdfast/config/schema';
import { type Command, Option } from 'commander';
import { paintFor } from '../paint.ts';
import type { Surroundings } from '../surroundings.ts';
import { explainable, remarks } from './explainable.ts';
import { explanation, remarkText } from './explanation.ts';
import { findKeywords } from './find-keywords.ts';

interface ExplainOptions {
  readonly format: 'text' | 'json';
  readonly schema?: boolean;
}

type ExplainSurroundings = Pick<Surroundings, 'environment' | 'isTerminal' | 'write' | 'writeError' | 'exit'>;

/** `holdfast explain [KEYWORD...]`: what the keyword table says. */
export function addExplainCommand(command: Command, surroundings: ExplainSurroundings): void {
  command
    .command('explain')
    .description(
      'say what keywords of the configuration mean, and codes of remarks; status 1: one of them is unknown',
    )
    .argument('[keywords...]', 'names such as priority, or whole paths such as vrrp_instance.priority')
    .addOption(
      new Option('--format <format>', 'text, or json: without keywords the whole table')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--schema', 'instead, the JSON Schema of what holdfast show config --typed prints')
    .action((names: readonly string[], options: ExplainOptions) => {
      if (options.schema === true) {
        surroundings.write(`${JSON.stringify(configurationSchema(), undefined, 2)}\n`);
        surroundings.exit(0);
      } else surroundings.exit(explain(names, options, surroundings));
    });
}

const noExplanation =
  'nor is it a code of docs/diagnostics.md: other errors say where they stand what is to be done; without keywords holdfast explain lists all';

function explain(
  names: readonly string[],
  { format }: ExplainOptions,
  { environment, isTerminal, write, writeError }: ExplainSurroundings,
): number {
  const facts = keywordFacts();
  const paint = paintFor(isTerminal, environment);
  const found = names.length === 0 ? facts : names.flatMap((name) => findKeywords(facts, name));
  const codes = remarks.filter(({ code }) => names.includes(code));
  const known = new Set(codes.map(({ code }) => code));
  const unknown = names.filter((name) => !known.has(name) && findKeywords(facts, name).length === 0);
  const all = [...found.map((one) => explanation(one, paint)), ...codes.map((one) => remarkText(one, paint))];
  if (format === 'json') write(`${JSON.stringify([...found, ...codes], undefined, 2)}\n`);
  else if (names.length === 0) write(found.map(({ path, meaning }) => `${path}\n  ${meaning}\n`).join(''));
  else if (all.length > 0) write(`${all.join('\n\n')}\n`);
  for (const name of unknown) {
    const near = suggest(name, explainable());
    writeError(`unknown keyword ${name}; ${near === undefined ? noExplanation : `did you mean ${near}?`}\n`);
  }
  return unknown.length > 0 ? 1 : 0;
}
