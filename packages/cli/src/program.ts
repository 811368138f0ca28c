import { Command } from 'commander';
import { addCheckCommand } from './check/command.ts';
import { addControlCommands } from './control/commands.ts';
import { addDoctorCommand } from './doctor/command.ts';
import { addCompletionCommand } from './documents/completion-command.ts';
import { addExplainCommand } from './explain/command.ts';
import { addPlanCommand } from './plan/command.ts';
import { addShowCommand } from './show/command.ts';
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

/** The command line of `holdfast`. */
export function program(surroundings: Surroundings): Command {
  const command = new Command('holdfast')
    .description('Looks after Holdfast: checks configurations, shows and steers the running daemon')
    .version(version, '-v, --version', 'print the version')
    .showHelpAfterError();
  addCheckCommand(command, surroundings);
  addDoctorCommand(command, surroundings);
  addExplainCommand(command, surroundings);
  addPlanCommand(command, surroundings);
  addShowCommand(command, surroundings);
  addControlCommands(command, surroundings);
  addCompletionCommand(command, surroundings);
  return command;
}
