import { expect, test } from 'vitest';
import { type Accounts, identityFor } from '../../src/scripts/identity.ts';
import { type FileStatus, type ScriptFiles, vetScript } from '../../src/scripts/security.ts';

const directory = (uid = 0, mode = 0o755, gid = 0): FileStatus => ({ kind: 'directory', uid, gid, mode });
const file = (uid = 0, mode = 0o755, gid = 0): FileStatus => ({ kind: 'file', uid, gid, mode });

const tree: Readonly<Record<string, FileStatus>> = {
  '/': directory(),
  '/etc': directory(),
  '/etc/ok.sh': file(),
  '/etc/noexec.sh': file(0, 0o644),
  '/etc/group-written.sh': file(0, 0o775, 50),
  '/etc/root-group-written.sh': file(0, 0o775),
  '/etc/foreign.sh': file(1000),
  '/etc/setuid.sh': file(0, 0o4757),
  '/etc/link.sh': file(1000),
  '/home': directory(),
  '/home/u': directory(1000, 0o700),
  '/home/u/own.sh': file(1000, 0o700),
  '/tmp': directory(0, 0o1777),
  '/tmp/mine.sh': file(),
  '/open': directory(0, 0o777),
  '/open/a.sh': file(),
  '/usr': directory(),
  '/usr/bin': directory(),
  '/usr/bin/killall': file(),
};
const files: ScriptFiles = {
  realPath: (path) => (path === '/etc/link.sh' ? '/home/u/own.sh' : path in tree ? path : undefined),
  status: (path) => tree[path],
  searchPath: ['/usr/bin'],
};
const root = { user: 'root', uid: 0, gid: 0 };
const user = { user: 'u', uid: 1000, gid: 1000 };
const other = { user: 'o', uid: 1001, gid: 1001 };

test.each([
  // program                      who    result
  ['/etc/ok.sh', root, { path: '/etc/ok.sh', insecure: undefined }],
  ['killall', root, { path: '/usr/bin/killall', insecure: undefined }],
  ['/etc/root-group-written.sh', root, { insecure: undefined }],
  ['/tmp/mine.sh', root, { insecure: undefined }],
  ['/home/u/own.sh', user, { insecure: undefined }],
  ['/etc/foreign.sh', root, { insecure: expect.stringContaining('/etc/foreign.sh belongs to user 1000') }],
  ['/etc/link.sh', root, { insecure: expect.stringContaining('/etc/link.sh belongs to user 1000') }],
  ['/etc/group-written.sh', root, { insecure: expect.stringContaining('written by group 50') }],
  ['/open/a.sh', root, { insecure: expect.stringContaining('/open can be written by everybody') }],
  ['/open/a.sh', user, { insecure: undefined }],
  [
    '/etc/setuid.sh',
    user,
    { insecure: expect.stringContaining('/etc/setuid.sh can be written by everybody') },
  ],
] as const)('%s run by %o is found and judged', (program, who, expected) => {
  expect(vetScript(program, who, files)).toMatchObject({ ok: true, value: expected });
});

test.each([
  ['/nowhere.sh', root, 'there is no file /nowhere.sh'],
  ['nosuch', root, 'there is no program nosuch in /usr/bin'],
  ['sub/a.sh', root, 'not an absolute path'],
  ['/etc', root, 'not a regular file'],
  ['/etc/noexec.sh', root, 'not executable by user root; chmod +x'],
  ['/home/u/own.sh', other, 'not executable by user o'],
] as const)('%s run by %o is disabled: %s', (program, who, why) => {
  expect(vetScript(program, who, files)).toEqual({ ok: false, error: expect.stringContaining(why) });
});

const accounts = (...users: string[]): Accounts => ({
  user: (name) => (users.includes(name) ? { user: name, uid: 5, gid: 6 } : undefined),
  groupId: (name) => (name === 'staff' ? 50 : undefined),
  own: () => root,
});

test.each([
  // named          script_user     secure  accounts                  who
  [undefined, undefined, false, [], { ok: true, value: root }],
  [undefined, undefined, false, ['keepalived_script'], { ok: true, value: { uid: 5 } }],
  [undefined, undefined, true, [], { ok: false }],
  [undefined, { user: 'a', group: undefined }, true, ['a'], { ok: true, value: { user: 'a', gid: 6 } }],
  [
    { user: 'b', group: 'staff' },
    { user: 'a', group: undefined },
    true,
    ['a', 'b'],
    { ok: true, value: { user: 'b', gid: 50 } },
  ],
  [
    { user: 'x', group: undefined },
    undefined,
    false,
    [],
    { ok: false, error: expect.stringContaining('there is no user x; make it, or put a program') },
  ],
  [
    { user: 'a', group: 'x' },
    undefined,
    false,
    ['a'],
    { ok: false, error: expect.stringContaining('there is no group x; make it, or put') },
  ],
] as const)('named %o, script_user %o, security %s, accounts %o', (named, scriptUser, secure, users, who) => {
  expect(identityFor(named, scriptUser, secure, accounts(...users))).toMatchObject(who);
});
