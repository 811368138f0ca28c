import { hostname } from 'node:os';
import {
  type EffectiveValue,
  effectiveConfiguration,
  type ValueOrigin,
  withoutSecrets,
} from '@holdfast/config';
import { Argument, type Command, Option } from 'commander';
import { type Colours, coloursFor } from '../control/colours.ts';
import { machineInterfaces } from '../machine-interfaces.ts';
import type { Surroundings } from '../surroundings.ts';

interface ShowOptions {
  readonly effective?: boolean;
  readonly typed?: boolean;
  readonly configId?: string;
  readonly interfaces: boolean;
  readonly format: 'text' | 'json';
}

const customaryPath = '/etc/keepalived/keepalived.conf';

/** `holdfast show config [FILE]`: what a file says, and with `--effective` what holds besides. */
export function addShowCommand(command: Command, surroundings: Surroundings): void {
  command
    .command('show')
    .description('show the values of a configuration with their origin; status 2: it cannot be read')
    .addArgument(new Argument('<what>', 'what to show').choices(['config']))
    .argument('[file]', `${customaryPath} by default`)
    .option('--effective', 'defaults, too: every value in force')
    .option(
      '--typed',
      'instead, what the daemon would run, as JSON: the objects that holdfast explain --schema describes, without passwords',
    )
    .option(
      '-i, --config-id <id>',
      'what @ID lines are compared with; the host name up to its first dot by default',
    )
    .option('--no-interfaces', "do not compare with this machine's interfaces: the file is for another one")
    .addOption(
      new Option('--format <format>', 'text, or json for programs').choices(['text', 'json']).default('text'),
    )
    .action((_what: string, file: string | undefined, options: ShowOptions) => {
      surroundings.exit(show(file ?? customaryPath, options, surroundings));
    });
}

function show(path: string, options: ShowOptions, surroundings: Surroundings): number {
  const { directory, environment, isTerminal, write, writeError } = surroundings;
  const { result, values } = effectiveConfiguration({
    path,
    directory,
    configId: options.configId ?? (hostname().split('.')[0] || 'localhost'),
    environment,
    interfaces: options.interfaces ? machineInterfaces() : undefined,
  });
  if (result.files.length === 0) {
    writeError(`holdfast: cannot read ${path}; name a file that is there and readable\n`);
    return 2;
  }
  if (options.typed === true) {
    write(`${JSON.stringify(withoutSecrets(result.config), undefined, 2)}\n`);
    return 0;
  }
  const shown =
    options.effective === true ? values : values.filter(({ origin }) => origin.kind !== 'default');
  if (options.format === 'json') write(`${JSON.stringify(shown, undefined, 2)}\n`);
  else write(valuesText(shown, coloursFor(isTerminal, environment)));
  return 0;
}

function valuesText(values: readonly EffectiveValue[], colours: Colours): string {
  let block = '';
  return values
    .map((value) => {
      const title = value.block === block ? '' : `${colours.strong(value.block)}\n`;
      block = value.block;
      const later = value.inEffect ? '' : ', not in effect yet';
      const indent = block === '' ? '' : '  ';
      const origin = colours.quiet(`(${originText(value.origin)}${later})`);
      return `${title}${indent}${value.keyword}: ${value.value}  ${origin}\n`;
    })
    .join('');
}

function originText(origin: ValueOrigin): string {
  if (origin.kind === 'default') return 'default';
  const place = `${origin.file}:${origin.line}`;
  const words = { file: '', 'global-default': 'global default, ', repaired: 'repaired, ' };
  return `${words[origin.kind]}${place}`;
}
