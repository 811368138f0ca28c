import { once, persistent } from '../sysctl-command.ts';
import type { Step } from './facts.ts';

/** A step as a shell command. */
export const commandOf = (step: Step): string =>
  step.kind === 'sysctl'
    ? once(step.name, step.value)
    : `ip address ${step.kind} ${step.address}/${step.prefixLength} dev ${step.interface}`;

/** The same, also after the next start of the machine, as far as there is one way for all distributions. */
export const lastingCommandOf = (step: Step): string =>
  step.kind === 'sysctl' ? persistent(step.name, step.value) : commandOf(step);

/** What takes a step back. @param before the setting's value until then; undefined where it had none */
export function undoOf(step: Step, before: number | undefined): string {
  if (step.kind === 'sysctl') return once(step.name, before ?? 0);
  return commandOf({ ...step, kind: step.kind === 'add' ? 'delete' : 'add' });
}
