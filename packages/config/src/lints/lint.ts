import type { Context } from '../build/context.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { Config } from '../types.ts';
import { addressOutsideNetworks, addressWithoutPrefix } from './addresses.ts';
import { backupStillPreempts, impatientScripts, strictModeSurprises } from './election.ts';
import { mailWithoutServer } from './mail.ts';
import { scriptContent } from './script-content.ts';
import type { ShellCheck } from './shell-check.ts';
import { serverWithoutChecker } from './virtual-servers.ts';

/** What lints look at. They say what is hardly meant so; they change neither an exit code nor a reload. */
export interface LintSubject {
  readonly context: Context;
  readonly config: Config;
  readonly files: FileSystem;
  readonly shellCheck: ShellCheck | undefined;
}

const lints: readonly ((subject: LintSubject) => void)[] = [
  addressWithoutPrefix,
  addressOutsideNetworks,
  backupStillPreempts,
  strictModeSurprises,
  impatientScripts,
  mailWithoutServer,
  serverWithoutChecker,
  scriptContent,
];

export function lint(subject: LintSubject): void {
  for (const one of lints) one(subject);
}
