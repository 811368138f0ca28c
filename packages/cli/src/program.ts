import { Command } from 'commander';
import { addCheckCommand } from './check/command.ts';
import { addControlCommands } from './control/commands.ts';
import { addDoctorCommand } from './doctor/command.ts';
import { addCompletionCommand } from './documents/completion-command.ts';
import { addExplainCommand } from './explain/command.ts';
import { addPlanCommand } from './plan/command.ts';
import { addShowCommand } from './show/command.ts';
import type { Surroundings } from './surroundings.ts';
import { version } from './version.ts';

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
