import { expect, test } from 'vitest';
import { generateStory, runStory, shortestFailure } from '../src/index.ts';

/** HOLDFAST_SEEDS=10000 is the long run. */
const seeds = Number(process.env['HOLDFAST_SEEDS'] ?? 200);

test.each([
  ['the logic by itself', 'plain'],
  ["the VRRP worker's own shell around it", 'router'],
] as const)(
  `every rule holds in the stories of ${seeds} seeds, with %s`,
  { timeout: 20_000 + seeds * 20 },
  (_what, shell) => {
    let masters = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const run = runStory(generateStory(seed), undefined, shell);
      masters += run.masters;
      if (run.violation !== undefined) expect.fail(shortestFailure(seed, shell).join('\n'));
    }
    expect(masters, 'stories without masters prove nothing').toBeGreaterThan(seeds);
  },
);

test('the same seed comes to the same observations, others to others', () => {
  const digests = Array.from({ length: 100 }, (_, seed) => runStory(generateStory(seed)).digest);
  const again = Array.from(
    { length: 100 },
    (_, seed) => runStory(generateStory(seed), () => undefined).digest,
  );
  expect(again).toEqual(digests);
  expect(new Set(digests).size).toBe(100);
});
