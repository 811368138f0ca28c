import type { Vetted } from '../scripts/vet-config.ts';
import type { Reading } from './configuration.ts';
import { exitStatus } from './exit-status.ts';

const reported = 5;
/** What the pool of a virtual server calls. */
const poolNotification = /^(notify|quorum)_(up|down) of /;
const security = 6;

/**
 * The exit status of `-t`, with what the scripts add to it: scripts that would run without `enable_script_security`
 * are a security matter to keepalived whatever they are; a `vrrp_script` that cannot run and a user who does not exist
 * are ordinary complaints; a MISC_CHECK's program may be missing, a notify script may not run, and nobody may be there to
 * run what a pool calls when it changes: that is none.
 * @param fromText the status for what stands in the file
 */
export function testStatus(
  fromText: number,
  vetted: Pick<Vetted, 'config' | 'disabled' | 'runsScripts'>,
): number {
  if (fromText === exitStatus.configuration || fromText === security) return fromText;
  if (vetted.runsScripts && !vetted.config.global.enableScriptSecurity) return security;
  const isReported = vetted.disabled.some(
    ({ what, hasNoUser }) =>
      what.startsWith('vrrp_script ') || (hasNoUser === true && !poolNotification.test(what)),
  );
  return isReported ? Math.max(fromText, reported) : fromText;
}

/**
 * The exit status of `--start-test`, which service scripts decide by: 0, it runs; 5, it runs, but has errors; any other
 * is the status with which the daemon would refuse to start.
 */
export function startStatus({ refusal, testStatus }: Pick<Reading, 'refusal' | 'testStatus'>): number {
  if (refusal !== undefined) return refusal.status;
  return testStatus === 0 || testStatus === security ? 0 : reported;
}
