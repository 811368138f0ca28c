import { describe, test } from 'vitest';
import { fakeKernel, ipvsClient } from '../src/index.ts';
import { type Bench, interfaces, reset } from './compliance/bench.ts';
import { complianceCases } from './compliance/suite.ts';

describe.each([
  ['answers every stop of a daemon', false],
  ['stops daemons in silence', true],
] as const)('the fake kernel that %s', (_, stopsInSilence) => {
  test.each(complianceCases)('$name', async ({ run }) => {
    const bench = fakeBench(stopsInSilence);
    await reset(bench);
    await run(bench);
  });
});

function fakeBench(stopsInSilence: boolean): Bench {
  const kernel = fakeKernel({
    stopsInSilence,
    interfaces: [
      { name: interfaces.up, up: true, mtu: 1500 },
      { name: interfaces.down, up: false, mtu: 1500 },
    ],
  });
  const transport = kernel.connect();
  return {
    transport,
    ipvs: ipvsClient(transport),
    withoutRight: async (run) => {
      kernel.setPrivileged(false);
      await run();
      kernel.setPrivileged(true);
    },
  };
}
