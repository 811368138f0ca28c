import type { ScriptUser } from '@holdfast/config';
import { fail, ok, type Result } from '@holdfast/kit';

/** Who a script runs as. */
export interface Identity {
  readonly user: string;
  readonly uid: number;
  readonly gid: number;
}

/** The machine's users and groups. */
export interface Accounts {
  user(name: string): Identity | undefined;
  groupId(name: string): number | undefined;
  /** The daemon's own. */
  own(): Identity;
}

/** The account that keepalived.conf(5) uses for scripts when it exists and nobody is named. */
const customaryUser = 'keepalived_script';

/**
 * Who runs a script: whom it names, else `script_user`, else `keepalived_script` where it exists, else the daemon's
 * own user; with `enable_script_security` somebody must be named or exist (keepalived.conf(5) script_user).
 */
export function identityFor(
  runAs: ScriptUser | undefined,
  scriptUser: ScriptUser | undefined,
  enableScriptSecurity: boolean,
  accounts: Accounts,
): Result<Identity, string> {
  const named = runAs ?? scriptUser;
  if (named !== undefined) return namedIdentity(named, accounts);
  const customary = accounts.user(customaryUser);
  if (customary !== undefined) return ok(customary);
  if (!enableScriptSecurity) return ok(accounts.own());
  return fail(
    `no user to run it as: enable_script_security is set, script_user is not, and there is no user ${customaryUser}; add \`script_user USER\` to global_defs`,
  );
}

function namedIdentity(named: ScriptUser, accounts: Accounts): Result<Identity, string> {
  const user = accounts.user(named.user);
  // Behind a program without quotes stands its user: keepalived.conf(5) notify scripts.
  if (user === undefined)
    return fail(`there is no user ${named.user}; make it, or put a program and its arguments in quotes`);
  if (named.group === undefined) return ok(user);
  const gid = accounts.groupId(named.group);
  return gid === undefined
    ? fail(`there is no group ${named.group}; make it, or put a program and its arguments in quotes`)
    : ok({ ...user, gid });
}
