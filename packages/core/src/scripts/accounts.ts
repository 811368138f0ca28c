import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Accounts, Identity } from './identity.ts';

/** The machine's accounts: /etc/passwd and /etc/group first, then whatever getent(1) knows (LDAP, sssd). */
export const machineAccounts: Accounts = {
  user(name) {
    const row = lookUp('passwd', name);
    const [uid, gid] = [number(row?.[2]), number(row?.[3])];
    return uid === undefined || gid === undefined ? undefined : { user: name, uid, gid };
  },
  groupId: (name) => number(lookUp('group', name)?.[2]),
  own: (): Identity => ({
    user: String(process.geteuid?.() ?? 0),
    uid: process.geteuid?.() ?? 0,
    gid: process.getegid?.() ?? 0,
  }),
};

/** A group's number by /etc/group alone: nothing is run, nothing is waited for. */
export const groupInFile = (name: string): number | undefined =>
  number(rowOf(fileText('/etc/group'), name)?.[2]);

function lookUp(database: 'passwd' | 'group', name: string): readonly string[] | undefined {
  return rowOf(fileText(`/etc/${database}`), name) ?? rowOf(askGetent(database, name), name);
}

const rowOf = (text: string, name: string): readonly string[] | undefined =>
  text
    .split('\n')
    .map((line) => line.split(':'))
    .find(([first]) => first === name);

function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Unknown names and a missing getent both mean that there is no such account. */
function askGetent(database: string, name: string): string {
  try {
    return execFileSync('getent', [database, name], {
      encoding: 'utf8',
      timeout: 2000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

const number = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
