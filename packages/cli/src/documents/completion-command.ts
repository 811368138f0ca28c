import { Argument, type Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';
import { bashCompletion, zshCompletion } from './completion.ts';

/** `holdfast completion bash|zsh`: made from the commands as they are. */
export function addCompletionCommand(command: Command, { write }: Pick<Surroundings, 'write'>): void {
  command
    .command('completion')
    .description('print what a shell needs to complete this command: source <(holdfast completion bash)')
    .addArgument(new Argument('<shell>', 'whose completion').choices(['bash', 'zsh']))
    .action((shell: string) => {
      write(shell === 'zsh' ? zshCompletion(command) : bashCompletion(command));
    });
}
