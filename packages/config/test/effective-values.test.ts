import { type EffectiveValue, effectiveConfiguration, memoryFiles } from '@holdfast/config';
import { expect, test } from 'vitest';

const text = `global_defs {
  vrrp_garp_master_delay 7
}
vrrp_instance VI_1 {
  interface eth0
  virtual_router_id 51
  priority 500
  advert_int 2
  virtual_ipaddress {
    10.0.0.100/24
    10.0.0.101/24
  }
  authentication {
    auth_type PASS
    auth_pass swordfsh
  }
}
virtual_server 10.0.0.100 80 {
  delay_loop 5
  lb_kind NAT
  protocol TCP
  real_server 10.0.0.3 80 {
    TCP_CHECK {
      connect_timeout 2
    }
  }
}
`;

const { values } = effectiveConfiguration({
  path: '/k.conf',
  configId: 'r1',
  files: memoryFiles({ '/k.conf': text }),
});

const told = ({ value, origin }: EffectiveValue): string =>
  `${value} ${origin.kind}${origin.kind === 'default' ? '' : ` ${origin.line}`}`;

const real = 'virtual_server 10.0.0.100 80 / real_server 10.0.0.3 80';
test.each([
  ['global_defs', 'vrrp_garp_master_delay', '7 file 2'],
  ['vrrp_instance VI_1', 'interface', 'eth0 file 5'],
  ['vrrp_instance VI_1', 'priority', '100 repaired 7'],
  ['vrrp_instance VI_1', 'advert_int', '2 s file 8'],
  ['vrrp_instance VI_1', 'state', 'BACKUP default'],
  ['vrrp_instance VI_1', 'preempt_delay', '0 s default'],
  ['vrrp_instance VI_1', 'nopreempt', 'no default'],
  ['vrrp_instance VI_1', 'garp_master_delay', '7 s global-default 2'],
  ['vrrp_instance VI_1', 'garp_master_repeat', '5 default'],
  ['vrrp_instance VI_1', 'virtual_ipaddress', '10.0.0.100/24, 10.0.0.101/24 file 9'],
  ['vrrp_instance VI_1 / authentication', 'auth_pass', '(secret) file 15'],
  ['virtual_server 10.0.0.100 80', 'delay_loop', '5 s file 19'],
  ['virtual_server 10.0.0.100 80', 'lvs_method', 'NAT file 20'],
  [real, 'weight', '1 default'],
  [`${real} / TCP_CHECK`, 'connect_timeout', '2 s file 24'],
  [`${real} / TCP_CHECK`, 'delay_loop', '5 s default'],
  [`${real} / TCP_CHECK`, 'retry', '1 default'],
])('in %s %s is %s', (block, keyword, expected) => {
  const found = values.filter((value) => value.block === block && value.keyword === keyword);
  expect(found.map(told)).toEqual([expected]);
});

test('every written line has its value, and no password is shown', () => {
  const lines = new Set(values.map(({ origin }) => (origin.kind === 'default' ? 0 : origin.line)));
  expect([2, 5, 6, 7, 8, 9, 14, 15, 19, 20, 21, 24].filter((line) => !lines.has(line))).toEqual([]);
  expect(JSON.stringify(values)).not.toContain('swordfsh');
});
