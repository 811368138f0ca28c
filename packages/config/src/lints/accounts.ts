import { miscCheckRows } from '../keywords/checkers.ts';
import { globalRows } from '../keywords/global-defs.ts';
import { vrrpScriptRows } from '../keywords/vrrp-script.ts';
import type { Statement } from '../language/statement.ts';
import type { Node } from '../parser/node.ts';
import type { ScriptUser } from '../script-command.ts';
import { remark } from './remark.ts';
import { programsIn } from './script-files.ts';
import type { KnownAccounts, LintSubject } from './subject.ts';

/** Keywords that name who runs a program, and nothing else. */
const users = [globalRows.script_user, vrrpScriptRows.user, miscCheckRows.user];

/** The daemon leaves out a program that nobody is there to run. */
export function accountMissing({ context, accounts }: LintSubject): void {
  if (accounts === undefined) return;
  for (const { statement, word, user } of usersIn(context.tree.nodes)) {
    const missing = missingOf(user, accounts);
    if (missing === undefined) continue;
    remark(context, statement, {
      code: 'account-missing',
      severity: 'error',
      word: missing.kind === 'user' ? word : word + 1,
      message: `there is no ${missing.kind} ${missing.name} on this machine`,
      used: 'nothing: the daemon leaves out what it was to run',
      // Behind a program without quotes stands its user: keepalived.conf(5) notify scripts.
      remedy: `make it, ${word === 1 ? 'or name another one' : 'or put a program and its arguments in quotes'}; for a file that is meant for another machine use --no-interfaces`,
    });
  }
}

interface NamedUser {
  readonly statement: Statement;
  /** The word of the line that is the user; its group is the next one. */
  readonly word: number;
  readonly user: ScriptUser;
}

function usersIn(nodes: readonly Node[]): readonly NamedUser[] {
  const behindPrograms = programsIn(nodes).flatMap(({ statement, user }) =>
    user === undefined ? [] : [{ statement, word: 2, user }],
  );
  return [...alone(nodes), ...behindPrograms];
}

function alone(nodes: readonly Node[]): readonly NamedUser[] {
  return nodes.flatMap((node) => {
    if (node.row.block !== undefined) return alone(node.children);
    const user = users.find((row) => row === node.row)?.argument.read(node.statement).value;
    return user === undefined ? [] : [{ statement: node.statement, word: 1, user }];
  });
}

function missingOf(
  { user, group }: ScriptUser,
  accounts: KnownAccounts,
): { readonly kind: 'user' | 'group'; readonly name: string } | undefined {
  if (!accounts.hasUser(user)) return { kind: 'user', name: user };
  return group === undefined || accounts.hasGroup(group) ? undefined : { kind: 'group', name: group };
}
