import { changesNothing } from '@holdfast/config';
import { type Command, Option } from 'commander';
import type { Trouble } from '../control/client.ts';
import { coloursFor } from '../control/colours.ts';
import { customarySocket } from '../control/commands.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ReloadOutlook } from './outlook.ts';
import { type ReadOptions, readFile } from './read.ts';
import { planText } from './text.ts';

interface PlanOptions extends ReadOptions {
  readonly socket?: string;
  readonly format: 'text' | 'json';
}

/** `holdfast plan [FILE]` of the running daemon, and `holdfast plan A B` between two files. */
export function addPlanCommand(command: Command, surroundings: Surroundings): void {
  command
    .command('plan')
    .description(
      'say what a reload would change, keep and refuse; status 0: nothing changes, 1: something does, 2: refused',
    )
    .argument(
      '[files...]',
      'none: what the daemon runs and its own file; one: what it runs and this file; two: the first and the second',
    )
    .option(
      '-i, --config-id <id>',
      "what @ID lines are compared with; the daemon's, or the host name up to its first dot, by default",
    )
    .option('--no-interfaces', "do not compare with this machine's interfaces: the files are for another one")
    .option('--socket <path>', `the daemon's control socket; HOLDFAST_SOCKET, or ${customarySocket}`)
    .addOption(
      new Option('--format <format>', 'text, or json for programs').choices(['text', 'json']).default('text'),
    )
    .action(async (files: readonly string[], options: PlanOptions) => {
      surroundings.exit(await plan(files, options, surroundings));
    });
}

async function plan(
  files: readonly string[],
  options: PlanOptions,
  surroundings: Surroundings,
): Promise<number> {
  const [first, second, ...more] = files;
  if (more.length > 0)
    return complain({ message: 'more than two files are named', remedy: 'name two at most' }, surroundings);
  return first !== undefined && second !== undefined
    ? betweenFiles(first, second, options, surroundings)
    : fromDaemon(first, options, surroundings);
}

async function betweenFiles(
  from: string,
  to: string,
  options: PlanOptions,
  surroundings: Surroundings,
): Promise<number> {
  const before = readFile(from, options, surroundings);
  if (!before.ok) return complain(before.error, surroundings);
  const after = readFile(to, options, surroundings);
  if (!after.ok) return complain(after.error, surroundings);
  const { outlookBetween } = await import('./outlook.ts');
  return show(outlookBetween({ from, to }, before.value.config, after.value), options, surroundings);
}

async function fromDaemon(
  file: string | undefined,
  options: PlanOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { askDaemon } = await import('./running.ts');
  const socket = options.socket ?? (surroundings.environment['HOLDFAST_SOCKET'] || customarySocket);
  const daemon = await askDaemon(socket);
  if (!daemon.ok) return complain(daemon.error, surroundings);
  const configId = options.configId ?? daemon.value.readAs.configId;
  const path = file ?? daemon.value.file;
  const result = readFile(path, { ...options, ...(configId === null ? {} : { configId }) }, surroundings);
  if (!result.ok) return complain(result.error, surroundings);
  const { outlookOfDaemon } = await import('./outlook.ts');
  return show(outlookOfDaemon(daemon.value, path, result.value), options, surroundings);
}

function show(outlook: ReloadOutlook, { format }: PlanOptions, surroundings: Surroundings): number {
  const { environment, isTerminal, write } = surroundings;
  const text =
    format === 'json'
      ? JSON.stringify(outlook, undefined, 2)
      : planText(outlook, coloursFor(isTerminal, environment));
  write(`${text}\n`);
  if (outlook.refused.length > 0) return 2;
  return changesNothing(outlook.plan) ? 0 : 1;
}

function complain({ message, remedy }: Trouble, { writeError }: Surroundings): number {
  writeError(`holdfast: ${message}; ${remedy}\n`);
  return 2;
}
