import { expect, test } from 'vitest';
import { testStatus } from '../../src/daemon/test-status.ts';
import { global } from '../supervisor/slice.ts';

const lost = (what: string) => [{ what, why: 'there is no such file' }];

test.each([
  // text  secure  runs   disabled                     status
  [0, true, true, [], 0],
  [0, false, false, [], 0],
  [0, false, true, [], 6],
  [5, false, true, [], 6],
  [2, false, true, [], 2],
  [6, true, true, [], 6],
  [0, true, false, lost('vrrp_script chk'), 5],
  [4, true, false, lost('vrrp_script chk'), 5],
  [0, false, false, lost('notify_master of V1'), 0],
  [0, true, false, lost('MISC_CHECK of [10.0.0.3]:tcp:80'), 0],
  [0, true, false, [{ what: 'MISC_CHECK of [10.0.0.3]:tcp:80', why: 'no user', hasNoUser: true }], 5],
  [0, true, false, [{ what: 'notify_up of [10.0.0.3]:tcp:80', why: 'no user', hasNoUser: true }], 0],
] as const)(
  'a file worth %i, script security %s, scripts %s, disabled %o: -t exits %i',
  (text, secure, runs, disabled, status) => {
    const config = {
      global: { ...global, enableScriptSecurity: secure },
      vrrpScripts: [],
      vrrpInstances: [],
      virtualServers: [],
    };
    expect(testStatus(text, { config, disabled, runsScripts: runs })).toBe(status);
  },
);
