import { expect, test } from 'vitest';
import { notInEffect } from '../../src/build/not-in-effect.ts';
import type { Owner } from '../../src/keywords/row.ts';
import { pool, server } from './pool.ts';
import { treeOf } from './tree.ts';

const text = `virtual_server_group G {
10.0.1.1 80
}
${pool('snmp_name x', server('TCP_CHECK {\n}\nSMTP_CHECK {\n}'), 'group G')}`;

test.each([
  [
    ['core', 'vrrp'],
    ['virtual_server_group', 'virtual_server'],
  ],
  [
    ['core', 'vrrp', 'checker'],
    ['snmp_name', 'SMTP_CHECK'],
  ],
] as const)('where the processes %j run, %j do nothing', (running, expected) => {
  const found = notInEffect(treeOf(text), new Set<Owner>(running));
  expect(found.map(({ keyword }) => keyword)).toEqual(expected);
});

test('an option of an entry that does nothing is named once, with its first place', () => {
  const text =
    'vrrp_instance V {\nvirtual_ipaddress {\n10.0.0.7 dev home\n10.0.0.8 home\n10.0.0.9 home\n}\n}\n';
  const found = notInEffect(treeOf(text), new Set<Owner>(['vrrp']));
  expect(found).toMatchObject([{ keyword: 'home', block: 'virtual_ipaddress', line: 4 }]);
});
