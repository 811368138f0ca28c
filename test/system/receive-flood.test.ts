import { expect, test } from 'vitest';
import { describeWith } from '../support/requirements.ts';
import { flood } from './support/flood.ts';

describeWith({ root: true, tools: ['ip'] }, 'mutated packets through real sockets', () => {
  test.each([
    [100_000, 'native'],
    [20_000, 'raw-socket'],
  ] as const)(
    '%i of them through %s: none deceives the receive path, memory stays flat',
    async (packets, transport) => {
      const { before, after } = await flood({ transport, packets, atOnce: 48, kind: 'mutated' });
      expect(after.objections).toEqual([]);
      expect(after.packets).toBeGreaterThanOrEqual(packets);
      expect(after.accepted).toBeGreaterThan(packets * 0.05);
      expect(after.dropped).toBeGreaterThan(packets * 0.1);
      expect(after.heapUsed - before.heapUsed).toBeLessThan(2_000_000);
    },
  );
});
