import { addressOutsideNetworks, addressWithoutPrefix } from './addresses.ts';
import { backupStillPreempts, impatientScripts, strictModeSurprises } from './election.ts';
import { mailWithoutServer } from './mail.ts';
import { scriptContent } from './script-content.ts';
import type { LintSubject } from './subject.ts';
import { serverWithoutChecker } from './virtual-servers.ts';

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
