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
