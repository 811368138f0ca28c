import { expect, test } from 'vitest';
import { startStatus, testStatus } from '../../src/daemon/test-status.ts';
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
  [0, true, false, [{ what: 'notify_master of V1', why: 'no user', hasNoUser: true }], 5],
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

test.each([
  // status of -t, why the daemon would not start, status of --start-test
  [0, undefined, 0],
  [6, undefined, 0],
  [5, undefined, 5],
  [2, undefined, 5],
  [5, { status: 2, line: 'no interface', isRemark: true }, 2],
  [0, { status: 6, line: 'no file', isRemark: false }, 6],
])('a service script is told of -t %d and %j: %d', (status, refusal, told) => {
  expect(startStatus({ testStatus: status, refusal })).toBe(told);
});
