import { memoryFiles, parseConfig } from '@holdfast/config';
import { expect, test } from 'vitest';
import { lostScripts } from '../../src/plan/lost-scripts.ts';

const { config } = parseConfig({
  path: '/k.conf',
  configId: 'r1',
  files: memoryFiles({
    '/k.conf': `vrrp_script chk {
  script /bin/true
}
vrrp_instance VI_1 {
  interface eth0
  virtual_router_id 51
  track_script {
    chk
  }
  virtual_ipaddress {
    10.0.0.9/24
  }
}
virtual_server 10.0.0.9 80 {
  lb_kind NAT
  protocol TCP
  real_server 10.0.1.1 80 {
    MISC_CHECK {
      misc_path /bin/true
    }
  }
}
`,
  }),
});

test.each([
  ['a script that runs', 'vrrp_script chk', true],
  ['a check that runs', 'MISC_CHECK of [10.0.1.1]:tcp:80 of [10.0.0.9]:tcp:80', true],
  ['a new script', 'vrrp_script other', false],
  ['a notify script', 'notify_master of VI_1', false],
])('%s that cannot run any more: refused %s %s', (_, what, isRefused) => {
  const reasons = lostScripts(config, { disabled: [{ what, why: 'it is gone' }] });
  expect(reasons).toEqual(isRefused ? [`${what} would be disabled: it is gone`] : []);
});
