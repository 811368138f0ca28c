import { type Interfaces, memoryFiles, parseConfig, startVerdict } from '@holdfast/config';
import { expect, test } from 'vitest';
import { withoutLeftOut } from '../../src/daemon/left-out.ts';

const file = `
vrrp_instance V {
  interface nowhere
  virtual_router_id 51
  virtual_ipaddress {
    10.0.0.9
  }
}
virtual_server 10.0.0.9 80 {
  delay_loop none
  real_server 10.0.0.1 80 {
  }
}
real_sever 10.0.0.2 80 {
}
`;
const parse = (interfaces: Interfaces | undefined) =>
  parseConfig({
    path: '/etc/holdfast.conf',
    directory: '/',
    configId: 'a',
    files: memoryFiles({ '/etc/holdfast.conf': file }),
    interfaces,
    environment: {},
    seed: 1,
    checkIncludes: false,
  });
const parsed = parse(new Map());
const everything = { withVrrp: true, withChecks: true, test: undefined };

test.each([
  // options                                starts  interface  delay_loop  unknown block
  ['all', everything, false, true, true, true],
  ['-C', { ...everything, withVrrp: false }, true, false, true, true],
  ['-P', { ...everything, withChecks: false }, false, true, false, true],
  ['-C -t', { ...everything, withVrrp: false, test: true }, false, true, true, true],
] as const)('with %s mistakes count where they are read', (_what, options, starts, vrrp, checks, neither) => {
  const left = withoutLeftOut(parsed, options);
  expect(startVerdict(left.diagnostics).ok).toBe(starts);
  const codes = (line: number) => left.diagnostics.some((diagnostic) => diagnostic.line === line);
  expect([codes(3), codes(10), codes(14)]).toEqual([vrrp, checks, neither]);
});

test('what is left out is not in the configuration', () => {
  const counts = (options: Parameters<typeof withoutLeftOut>[1]) => {
    const { vrrpInstances, virtualServers } = withoutLeftOut(parse(undefined), options).config;
    return [vrrpInstances.length, virtualServers.length];
  };
  const all = parse(undefined);
  expect([all.config.vrrpInstances.length, all.config.virtualServers.length]).toEqual([1, 1]);
  expect(counts({ ...everything, withVrrp: false })).toEqual([0, 1]);
  expect(counts({ ...everything, withChecks: false })).toEqual([1, 0]);
});
