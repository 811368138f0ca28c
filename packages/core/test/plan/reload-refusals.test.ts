import { memoryFiles, type ParseResult, parseConfig } from '@holdfast/config';
import { expect, test } from 'vitest';
import { reloadRefusals } from '../../src/plan/index.ts';

const read = (text: string): ParseResult =>
  parseConfig({ path: '/k.conf', configId: 'r1', files: memoryFiles({ '/k.conf': text }) });
const router = (priority: string): string =>
  `vrrp_script chk {
  script /bin/true
}
vrrp_instance V {
  interface eth0
  virtual_router_id 51
  priority ${priority}
  track_script {
    chk
  }
  virtual_ipaddress {
    10.0.0.9/24
  }
}
`;
const gone = (what: string) => [{ what, why: 'no file' }];

test.each([
  ['another value', router('150'), router('50'), [], []],
  ['a value out of range', router('150'), router('500'), [], [/Line 7\) priority 500 is outside/]],
  ['an empty file', router('150'), '', [], [/no usable vrrp_instance/]],
  [
    'a lost script',
    router('150'),
    router('150'),
    gone('vrrp_script chk'),
    [/vrrp_script chk would be disabled: no file/],
  ],
  ['a new script that cannot run', router('150'), router('150'), gone('vrrp_script other'), []],
  ['what ends a start, also where nothing runs', '', 'vrrp_instance {\n}\n', [], [/vrrp_instance/]],
])('%s', (_, running, next, disabled, expected) => {
  const result = read(next);
  const reasons = reloadRefusals(read(running).config, result, { config: result.config, disabled });
  expect(reasons).toHaveLength(expected.length);
  for (const [i, reason] of expected.entries()) expect(reasons[i]).toMatch(reason);
});

test('what would end a start is a reason by itself, whatever else is said of it', () => {
  const running = read(router('150')).config;
  const odd = read(`nonsense 1\n${router('150')}`);
  const fatal = { ...odd, diagnostics: odd.diagnostics.map((one) => ({ ...one, fatal: true })) };
  expect(reloadRefusals(running, odd, { config: odd.config, disabled: [] })).toEqual([]);
  expect(reloadRefusals(running, fatal, { config: odd.config, disabled: [] })).toContainEqual(
    expect.stringContaining('unknown keyword nonsense'),
  );
});
