import { type Command, InvalidArgumentError } from 'commander';
import type { Surroundings } from '../program.ts';

export interface DoctorOptions {
  readonly file: string;
  readonly configId?: string;
  readonly listen?: number;
  readonly json?: boolean;
}

const customaryPath = '/etc/keepalived/keepalived.conf';

/** `holdfast doctor`: what keeps this machine from working. */
export function addDoctorCommand(command: Command, surroundings: Surroundings): void {
  command
    .command('doctor')
    .description(
      'say what keeps this machine from working, each with the command that mends it; status as check',
    )
    .option('-f, --file <path>', 'the configuration', customaryPath)
    .option('-i, --config-id <id>', 'what @ID lines are compared with')
    .option('--listen <seconds>', 'how long to listen for other routers; 0: not at all', seconds)
    .option('--json', 'for programs')
    .action(async (options: DoctorOptions) => {
      // Loaded only now: the other commands start quicker without it.
      const { examine } = await import('./examine.ts');
      surroundings.exit(await examine(options, surroundings));
    });
}

function seconds(text: string): number {
  if (!/^\d{1,3}(?:\.\d+)?$/.test(text)) throw new InvalidArgumentError('seconds are needed, 0 to 999.');
  return Number(text);
}
