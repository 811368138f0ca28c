import { hostname } from 'node:os';
import { nodeShellCheck, parseConfig } from '@holdfast/config';
import { Command } from 'commander';
import { checkReport } from './check.ts';
import { addControlCommands } from './control/commands.ts';
import { addExplainCommand } from './explain/command.ts';
import { machineInterfaces } from './machine-interfaces.ts';
import { paintFor } from './paint.ts';
import { version } from './version.ts';

/** What the program needs of the world around it. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Takes the exit status, the worst of all files. */
  readonly exit: (status: number) => void;
}

interface CheckOptions {
  readonly configId?: string;
  readonly interfaces: boolean;
}

const customaryPath = '/etc/keepalived/keepalived.conf';

/** The command line of `holdfast`. */
export function program(surroundings: Surroundings): Command {
  const command = new Command('holdfast')
    .description('Looks after Holdfast: checks configurations, shows and steers the running daemon')
    .version(version, '-v, --version', 'print the version')
    .showHelpAfterError();
  command
    .command('check')
    .description('say what is wrong with configuration files; status 0: nothing, 1: warnings, 2: errors')
    .argument('[files...]', `files or quoted patterns; ${customaryPath} by default`)
    .option(
      '-i, --config-id <id>',
      'what @ID lines are compared with; the host name up to its first dot by default',
    )
    .option('--no-interfaces', "do not compare with this machine's interfaces: the file is for another one")
    .action((files: readonly string[], options: CheckOptions) => {
      surroundings.exit(check(files.length === 0 ? [customaryPath] : files, options, surroundings));
    });
  addExplainCommand(command, surroundings);
  addControlCommands(command, surroundings);
  return command;
}

function check(files: readonly string[], options: CheckOptions, surroundings: Surroundings): number {
  const { environment, directory, isTerminal, write } = surroundings;
  const paint = paintFor(isTerminal, environment);
  const interfaces = options.interfaces ? machineInterfaces() : undefined;
  const configId = options.configId ?? (hostname().split('.')[0] || 'localhost');
  const reports = files.map((path) => {
    const result = parseConfig({
      path,
      directory,
      configId,
      environment,
      interfaces,
      shellCheck: nodeShellCheck,
    });
    return checkReport(path, result, paint);
  });
  for (const { text } of reports) write(`${text}\n`);
  return Math.max(...reports.map(({ status }) => status));
}
