import { hostname } from 'node:os';
import { type KnownAccounts, nodeShellCheck, type ParseResult, parseConfig } from '@holdfast/config';
import { machineAccounts } from '@holdfast/core/scripts';
import { type Command, Option } from 'commander';
import { checkReport } from '../check.ts';
import { machineInterfaces } from '../machine-interfaces.ts';
import { paintFor } from '../paint.ts';
import { pairReport } from '../pair/report.ts';
import type { Surroundings } from '../surroundings.ts';
import { type CheckFormat, checkFormats, formatChecks } from './format.ts';

interface CheckOptions {
  readonly configId?: string;
  readonly interfaces: boolean;
  readonly format: CheckFormat;
  readonly pair?: boolean;
}

const customaryPath = '/etc/keepalived/keepalived.conf';

/** `holdfast check [FILE...]`, and `holdfast check --pair A B [C...]`. */
export function addCheckCommand(command: Command, surroundings: Surroundings): void {
  command
    .command('check')
    .description('say what is wrong with configuration files; status 0: nothing, 1: warnings, 2: errors')
    .argument('[files...]', `files or quoted patterns; ${customaryPath} by default`)
    .option(
      '-i, --config-id <id>',
      'what @ID lines are compared with; the host name up to its first dot by default; with --pair one for each file, with commas between',
    )
    .option('--no-interfaces', "do not compare with this machine's interfaces: the file is for another one")
    .option('--pair', 'the files belong to routers that back each other up: hold them against each other')
    .addOption(
      new Option('--format <format>', 'text; json for programs; github for annotations of a workflow')
        .choices(checkFormats)
        .default('text'),
    )
    .action((files: readonly string[], options: CheckOptions) => {
      const paths = files.length === 0 ? [customaryPath] : files;
      surroundings.exit(
        options.pair === true ? pair(paths, options, surroundings) : check(paths, options, surroundings),
      );
    });
}

const knownAccounts: KnownAccounts = {
  hasUser: (name) => machineAccounts.user(name) !== undefined,
  hasGroup: (name) => machineAccounts.groupId(name) !== undefined,
};

function check(paths: readonly string[], options: CheckOptions, surroundings: Surroundings): number {
  const { environment, isTerminal, write } = surroundings;
  const interfaces = options.interfaces ? machineInterfaces() : undefined;
  const files = paths.map((path) => ({
    path,
    result: read(path, options.configId, surroundings, interfaces),
  }));
  const report = formatChecks(options.format, files, checkReport, paintFor(isTerminal, environment));
  if (report.text !== '') write(`${report.text}\n`);
  return report.status;
}

/** The files are those of several machines: none of them is held against the interfaces of this one. */
function pair(paths: readonly string[], options: CheckOptions, surroundings: Surroundings): number {
  const { environment, isTerminal, write, writeError } = surroundings;
  const ids = options.configId?.split(',') ?? [];
  if (paths.length < 2 || (ids.length > 1 && ids.length !== paths.length)) {
    writeError('--pair takes two files or more, and with --config-id as many names as there are files\n');
    return 2;
  }
  const nodes = paths.map((path, i) => {
    const id = ids[i] ?? ids[0];
    // The same file on both machines differs by its @ID lines: then the name tells them apart.
    const name = ids.length > 1 ? `${path}@${id ?? ''}` : path;
    return { name, path, result: read(path, id, surroundings, undefined) };
  });
  const report = pairReport(options.format, nodes, paintFor(isTerminal, environment));
  if (report.text !== '') write(`${report.text}\n`);
  return report.status;
}

function read(
  path: string,
  configId: string | undefined,
  { directory, environment }: Surroundings,
  interfaces: ReturnType<typeof machineInterfaces>,
): ParseResult {
  return parseConfig({
    path,
    directory,
    configId: configId ?? (hostname().split('.')[0] || 'localhost'),
    environment,
    interfaces,
    shellCheck: nodeShellCheck,
    thorough: true,
    accounts: interfaces === undefined ? undefined : knownAccounts,
  });
}
