import type { Config, ScriptCommand } from '@holdfast/config';
import { seconds } from '@holdfast/kit';
import { expect, test } from 'vitest';
import type { Accounts } from '../../src/scripts/identity.ts';
import type { ScriptFiles } from '../../src/scripts/security.ts';
import { vetConfig } from '../../src/scripts/vet-config.ts';
import { global, instance } from '../supervisor/slice.ts';

const root = { user: 'root', uid: 0, gid: 0 };
const accounts: Accounts = {
  user: (name) => (name === 'root' ? root : undefined),
  groupId: () => undefined,
  own: () => root,
};
const owners: Readonly<Record<string, number>> = { '/': 0, '/good': 0, '/loose': 7 };
const files: ScriptFiles = {
  realPath: (path) => (path in owners ? path : undefined),
  status: (path) => {
    const uid = owners[path];
    return uid === undefined
      ? undefined
      : { kind: path === '/' ? 'directory' : 'file', uid, gid: 0, mode: 0o755 };
  },
  searchPath: ['/'],
};
const command = (program: string): ScriptCommand => ({ argv: [program, 'x'], runAs: undefined });

const config = (program: string, secure: boolean): Config => ({
  global: { ...global, enableScriptSecurity: secure, scriptUser: { user: 'root', group: undefined } },
  vrrpScripts: [
    {
      name: 'chk',
      command: command(program),
      interval: seconds(1),
      timeout: seconds(1),
      weight: 0,
      weightReverse: false,
      rise: 1,
      fall: 1,
      initFail: false,
    },
  ],
  vrrpInstances: [
    {
      ...instance('V1'),
      trackScripts: [{ name: 'chk', weight: 0, reverse: false }],
      notify: { reportDeleted: true, master: command(program), any: command('/good') },
    },
  ],
  virtualServers: [],
});

test.each([
  // program     secure  tracked  notify_master  disabled                                            tolerated
  ['/good', true, ['chk'], true, [], []],
  ['good', true, ['chk'], true, [], []],
  ['/loose', false, ['chk'], true, [], ['vrrp_script chk', 'notify_master of V1']],
  ['/loose', true, [], false, ['vrrp_script chk', 'notify_master of V1'], []],
  ['/none', false, [], false, ['vrrp_script chk', 'notify_master of V1'], []],
] as const)(
  'the program %s with script security %s',
  (program, secure, tracked, notifies, disabled, tolerated) => {
    const vetted = vetConfig(config(program, secure), accounts, files);
    const [router] = vetted.config.vrrpInstances;
    expect(vetted.config.vrrpScripts.map(({ name }) => name)).toEqual(tracked);
    expect(router?.trackScripts.map(({ name }) => name)).toEqual(tracked);
    expect(router?.notify.master !== undefined).toBe(notifies);
    expect(router?.notify).toMatchObject({ reportDeleted: true, any: { argv: ['/good', 'x'] } });
    expect(vetted.disabled.map(({ what }) => what)).toEqual(disabled);
    expect(vetted.tolerated.map(({ what }) => what)).toEqual(tolerated);
    expect(vetted.runsScripts).toBe(true);
  },
);

test('a name is replaced by the path that it was found at', () => {
  const vetted = vetConfig(config('good', true), accounts, files);
  expect(vetted.config.vrrpScripts[0]?.command.argv).toEqual(['/good', 'x']);
});

test('scripts that nothing calls count for what runs, unless they are not there', () => {
  const nothing = { ...config('/good', true), vrrpScripts: [], vrrpInstances: [] };
  const idle = (program: string) => [
    { name: 'vrrp_sync_group G', notify: { reportDeleted: false, master: command(program) } },
  ];
  expect(vetConfig(nothing, accounts, files).runsScripts).toBe(false);
  expect(vetConfig(nothing, accounts, files, idle('/good')).runsScripts).toBe(true);
  expect(vetConfig(nothing, accounts, files, idle('/none')).runsScripts).toBe(false);
});

test('of a notify script keepalived minds that the default user is missing, not that the named one is', () => {
  const plain = config('/good', true);
  const minded = (runAs: ScriptCommand['runAs']): readonly string[] => {
    const notify = { reportDeleted: false, any: { ...command('/good'), runAs } };
    const vrrpInstances = plain.vrrpInstances.map((router) => ({ ...router, notify }));
    const withoutUser = { ...plain.global, scriptUser: undefined };
    const vetted = vetConfig(
      { ...plain, global: withoutUser, vrrpScripts: [], vrrpInstances },
      accounts,
      files,
    );
    return vetted.disabled.map(({ what, hasNoUser }) => `${what} ${hasNoUser === true}`);
  };
  expect(minded(undefined)).toEqual(['notify of V1 true']);
  expect(minded({ user: 'nosuch', group: undefined })).toEqual(['notify of V1 false']);
});

test('keepalived minds that the user of a start script is not there', () => {
  const nothing = { ...config('/good', true), vrrpScripts: [], vrrpInstances: [] };
  const master = { ...command('/good'), runAs: { user: 'nosuch', group: undefined } };
  const idle = [{ name: 'global_defs', notify: { reportDeleted: false, master } }];
  const { disabled } = vetConfig(nothing, accounts, files, idle);
  expect(disabled.map(({ hasNoUser }) => hasNoUser)).toEqual([true]);
});
