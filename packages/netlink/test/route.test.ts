import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { fakeSubject } from './compliance/fake-subject.ts';
import { cases } from './compliance/suite.ts';
import { isRoot, runInNamespace } from './in-namespace.ts';

const script = (name: string): string => fileURLToPath(new URL(`./compliance/${name}`, import.meta.url));

describe('the fake kernel', () => {
  test.each(cases)('$name', async ({ run }) => {
    await run(fakeSubject());
  });
});

describe.skipIf(!isRoot)('the real kernel (needs root)', () => {
  const failures = new Map<string, string>();
  beforeAll(async () => {
    for (const line of await runInNamespace(script('run-real.ts'))) {
      const { name, failure } = JSON.parse(line);
      failures.set(name, failure);
    }
  }, 60_000);
  test.each(cases)('$name', ({ name }) => {
    expect(failures.get(name)).toBe('');
  });
});

test.skipIf(!isRoot)('lost events are told once a loss, and watching goes on (needs root)', async () => {
  const [line] = await runInNamespace(script('run-lost.ts'));
  expect(JSON.parse(line ?? '')).toEqual({ first: 1, second: 1, after: 1, listed: 399 });
});

test.skipIf(!isRoot)(
  'two hundred changes of one send are answered exactly, or not at all (needs root)',
  async () => {
    const said = (await runInNamespace(script('run-answers.ts'))).map((line) => JSON.parse(line));
    const [lost, three, additions, removals] = said;
    // The first were told, what came after the loss is unknown, and nothing is taken for done that was refused.
    const told = lost.indexOf('silent');
    expect(told).toBeGreaterThan(0);
    expect(lost).toEqual([...Array(told).fill(99), ...Array(200 - told).fill('silent')]);
    expect(three).toEqual([0, 0, 0]);
    expect(additions).toEqual(Array.from({ length: 200 }, (_, i) => ([0, 100, 199].includes(i) ? 17 : 0)));
    expect(removals).toEqual(Array(200).fill(0));
  },
);
