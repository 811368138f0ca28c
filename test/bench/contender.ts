import { attempt } from '../lab-support/command.ts';
import { daemonProgram } from '../lab-support/daemon.ts';

/** A daemon that takes keepalived's command line and configuration. */
export interface Contender {
  readonly name: 'Holdfast' | 'keepalived';
  readonly program: string;
}

/** Ours, and keepalived where it is installed. */
export function contenders(): readonly Contender[] {
  const ours: Contender = { name: 'Holdfast', program: daemonProgram() };
  return attempt('keepalived', ['--version'])
    ? [ours, { name: 'keepalived', program: 'keepalived' }]
    : [ours];
}
