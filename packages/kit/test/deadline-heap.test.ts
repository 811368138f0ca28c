import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deadlineHeap, micros } from '../src/index.ts';

test('serves what a sorted list would serve, whatever was set, moved and removed', () => {
  const command = fc.record({ key: fc.nat(20), at: fc.option(fc.nat(100), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(command), fc.nat(100), (commands, now) => {
      const heap = deadlineHeap<number>();
      const model = new Map<number, number>();
      for (const { key, at } of commands) {
        heap.set(key, at === undefined ? undefined : micros(at));
        if (at === undefined) model.delete(key);
        else model.set(key, at);
        expect(heap.next()).toBe(model.size === 0 ? undefined : Math.min(...model.values()));
      }
      const due = heap.takeDue(micros(now));
      expect(due.map((key) => model.get(key))).toEqual(
        [...model.values()].filter((at) => at <= now).sort((a, b) => a - b),
      );
      expect(heap.size).toBe(model.size - due.length);
    }),
  );
});
