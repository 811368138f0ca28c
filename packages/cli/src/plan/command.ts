import { hostname } from 'node:os';
import { changesNothing, nodeShellCheck, type ParseResult, parseConfig } from '@holdfast/config';
import { type Command, Option } from 'commander';
import { coloursFor } from '../control/colours.ts';
import { machineInterfaces } from '../machine-interfaces.ts';
import type { Surroundings } from '../program.ts';
import type { ReloadOutlook } from './outlook.ts';
import { planText } from './text.ts';

interface PlanOptions {
  readonly configId?: string;
  readonly interfaces: boolean;
  readonly format: 'text' | 'json';
}

/** `holdfast plan A B`: what a reload from one file to another would do. */
export function addPlanCommand(command: Command, surroundings: Surroundings): void {
  command
    .command('plan')
    .description(
      'say what a reload would change, keep and refuse; status 0: nothing changes, 1: something does, 2: refused',
    )
    .argument('<running>', 'the file that runs')
    .argument('<new>', 'the file to come')
    .option(
      '-i, --config-id <id>',
      'what @ID lines are compared with; the host name up to its first dot by default',
    )
    .option('--no-interfaces', "do not compare with this machine's interfaces: the files are for another one")
    .addOption(
      new Option('--format <format>', 'text, or json for programs').choices(['text', 'json']).default('text'),
    )
    .action(async (running: string, next: string, options: PlanOptions) => {
      surroundings.exit(await plan(running, next, options, surroundings));
    });
}

async function plan(
  running: string,
  next: string,
  options: PlanOptions,
  surroundings: Surroundings,
): Promise<number> {
  const [before, after] = [running, next].map((path) => read(path, options, surroundings));
  if (before === undefined || after === undefined) return 2;
  const { reloadOutlook } = await import('./outlook.ts');
  return show(
    reloadOutlook({ from: running, to: next }, before.config, after, 'as-written'),
    options,
    surroundings,
  );
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

/** @returns undefined where there is no such file, which is said */
function read(
  path: string,
  { configId, interfaces }: PlanOptions,
  { directory, environment, writeError }: Surroundings,
): ParseResult | undefined {
  const result = parseConfig({
    path,
    directory,
    configId: configId ?? (hostname().split('.')[0] || 'localhost'),
    environment,
    interfaces: interfaces ? machineInterfaces() : undefined,
    shellCheck: nodeShellCheck,
  });
  if (result.files.length > 0) return result;
  const why = result.diagnostics.find(({ code }) => code === 'file-unreadable');
  writeError(
    `holdfast: cannot read ${path}${why === undefined ? '' : `: ${why.message}`}; name a file that is there\n`,
  );
  return undefined;
}
