import type { Vetted } from '../scripts/vet-config.ts';
import { exitStatus } from './exit-status.ts';

const reported = 5;
const security = 6;

/**
 * The exit status of `-t`, with what the scripts add to it: scripts that would run without `enable_script_security`
 * are a security matter to keepalived whatever they are; a `vrrp_script` that cannot run is an ordinary complaint, so is
 * a MISC_CHECK whose user does not exist; its program may be missing, and a notify script may not run: that is none.
 * @param fromText the status for what stands in the file
 */
export function testStatus(
  fromText: number,
  vetted: Pick<Vetted, 'config' | 'disabled' | 'runsScripts'>,
): number {
  if (fromText === exitStatus.configuration || fromText === security) return fromText;
  if (vetted.runsScripts && !vetted.config.global.enableScriptSecurity) return security;
  const lacksScript = vetted.disabled.some(
    ({ what, hasNoUser }) =>
      what.startsWith('vrrp_script ') || (what.startsWith('MISC_CHECK ') && hasNoUser === true),
  );
  return lacksScript ? Math.max(fromText, reported) : fromText;
}
