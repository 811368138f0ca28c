import type { Command } from 'commander';
import { entry, heading, paragraph, title } from './roff.ts';

/** holdfast(1), from the command line's own description of itself. */
export const commandManual = (command: Command, version: string): string =>
  [
    title(command.name(), 1, version),
    `${command.name()} \\- looks after holdfastd and its configuration`,
    heading('SYNOPSIS'),
    paragraph(`${command.name()} COMMAND [OPTION...] [ARGUMENT...]`),
    heading('DESCRIPTION'),
    paragraph(`${command.description()}.`),
    heading('OPTIONS'),
    ...command.options.map(({ flags, description }) => entry(flags, [description])),
    ...command.commands.flatMap(commandSection),
    heading('SEE ALSO'),
    paragraph('holdfastd(8), holdfast.conf(5)'),
    '',
  ].join('\n');

const commandSection = (command: Command): readonly string[] => [
  heading(`${command.parent?.name() ?? ''} ${command.name()} ${command.usage()}`.trim()),
  paragraph(`${command.description()}.`),
  ...command.registeredArguments
    .filter(({ description }) => description !== '')
    .map((argument) => entry(argument.name(), [argument.description])),
  ...command.options.map(({ flags, description, defaultValue }) =>
    entry(flags, [
      description,
      ...(['string', 'number'].includes(typeof defaultValue) ? [`Default: ${String(defaultValue)}.`] : []),
    ]),
  ),
];
