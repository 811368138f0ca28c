import { accountMissing } from './accounts.ts';
import { addressOutsideNetworks, addressWithoutPrefix } from './addresses.ts';
import { backupStillPreempts, impatientScripts, strictModeSurprises } from './election.ts';
import { extensionWithoutMark } from './extensions.ts';
import { givenAgain } from './given-again.ts';
import { mailWithoutServer } from './mail.ts';
import { virtualAddressIsOwn } from './own-address.ts';
import { undefinedParameter } from './parameters.ts';
import { endlessPattern } from './patterns.ts';
import { peerIsOneself } from './peers.ts';
import { checkSlowerThanLoop, directorAsRealServer } from './pools.ts';
import { keywordOnSameLine } from './same-line.ts';
import { scriptContent } from './script-content.ts';
import { programMissing, scriptWritableByOthers } from './script-files.ts';
import { routerIdOnSegment } from './segment.ts';
import { addressInTwoInstances } from './shared-addresses.ts';
import type { LintSubject } from './subject.ts';
import { weightMustCross } from './tracking-weights.ts';
import { serverWithoutChecker } from './virtual-servers.ts';
import { wideCharacters } from './wide-characters.ts';

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

/** Thorough ones look at all pools or programs again: only for somebody who asks, not at every start and reload. */
const instanceLints: readonly ((subject: LintSubject) => void)[] = [
  routerIdOnSegment,
  peerIsOneself,
  virtualAddressIsOwn,
  weightMustCross,
  addressInTwoInstances,
];

/** Thorough ones that look at any keyword, those of virtual servers included. */
const keywordLints: readonly ((subject: LintSubject) => void)[] = [
  scriptWritableByOthers,
  directorAsRealServer,
  checkSlowerThanLoop,
  endlessPattern,
  extensionWithoutMark,
  keywordOnSameLine,
  undefinedParameter,
  givenAgain,
  wideCharacters,
  programMissing,
  accountMissing,
];

export function lint(subject: LintSubject): void {
  for (const one of lints) one(subject);
}

export function lintThoroughly(subject: LintSubject): void {
  for (const one of [...instanceLints, ...keywordLints]) one(subject);
}

/** What there is to say of virtual servers by themselves. */
export function lintServers(subject: LintSubject): void {
  for (const one of keywordLints) one(subject);
}
