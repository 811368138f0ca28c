import { type IpAddress, parseAddress } from '@holdfast/kit';
import { type Command, InvalidArgumentError } from 'commander';
import { customarySocket } from '../control/commands.ts';
import { askDaemon } from '../plan/running.ts';
import type { Surroundings } from '../surroundings.ts';
import type { DoctorOptions } from './options.ts';

const customaryPath = '/etc/keepalived/keepalived.conf';

/** `holdfast doctor`: what keeps this machine from working. */
export function addDoctorCommand(command: Command, surroundings: Surroundings): void {
  command
    .command('doctor')
    .description(
      'say what keeps this machine from working, each with the command that mends it; status 0: nothing, 1: warnings, 2: errors',
    )
    .option('-f, --file <path>', `the configuration; that of the running daemon, or ${customaryPath}`)
    .option('-i, --config-id <id>', 'what @ID lines are compared with')
    .option('--listen <seconds>', 'how long to listen for other routers; 0: not at all', seconds)
    .option('--real-server <vip...>', 'look at this machine as a real server of a DR pool instead', addresses)
    .option('--port <number...>', 'with --real-server: the services that the pool is about', ports)
    .option('--apply', 'with --real-server: set what can be set, and say how to undo it')
    .option('--json', 'for programs')
    .action(async (options: DoctorOptions) => surroundings.exit(await doctor(options, surroundings)));
}

/** What it needs is loaded only now: the other commands start quicker without it. */
async function doctor(options: DoctorOptions, surroundings: Surroundings): Promise<number> {
  const { realServer, ...others } = options;
  if (realServer !== undefined) {
    const { examineRealServer } = await import('./real-server/examine.ts');
    return examineRealServer({ ...others, realServer }, surroundings);
  }
  if (options.apply === true || options.port !== undefined) {
    surroundings.writeError(
      'holdfast: --apply and --port belong to --real-server; name its virtual address\n',
    );
    return 2;
  }
  const { examine } = await import('./examine.ts');
  return examine({ ...(await toExamine(options, surroundings)), ...options }, surroundings);
}

/** What the daemon runs with counts, wherever its file is: in a container it was made from variables. */
async function toExamine(
  { file }: DoctorOptions,
  { environment }: Surroundings,
): Promise<{ readonly file: string; readonly configId?: string }> {
  if (file !== undefined) return { file };
  const daemon = await askDaemon(environment['HOLDFAST_SOCKET'] || customarySocket);
  if (!daemon.ok) return { file: customaryPath };
  const { configId } = daemon.value.readAs;
  return { file: daemon.value.file, ...(configId === null ? {} : { configId }) };
}

function seconds(text: string): number {
  if (!/^\d{1,3}(?:\.\d+)?$/.test(text)) throw new InvalidArgumentError('seconds are needed, 0 to 999.');
  return Number(text);
}

function addresses(text: string, before: readonly IpAddress[] = []): readonly IpAddress[] {
  const address = parseAddress(text);
  if (address === undefined) throw new InvalidArgumentError('an IP address without prefix length is needed.');
  return [...before, address];
}

function ports(text: string, before: readonly number[] = []): readonly number[] {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new InvalidArgumentError('a port is needed, 0 to 65535.');
  return [...before, Number(text)];
}
