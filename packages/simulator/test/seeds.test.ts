import { expect, test } from 'vitest';
import { generateStory, runStory, shortestFailure } from '../src/index.ts';

/** HOLDFAST_SEEDS=10000 is the long run. */
const seeds = Number(process.env['HOLDFAST_SEEDS'] ?? 200);

test(`every rule holds in the stories of ${seeds} seeds`, { timeout: 20_000 + seeds * 20 }, () => {
  let masters = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const run = runStory(generateStory(seed));
    masters += run.masters;
    if (run.violation !== undefined) expect.fail(shortestFailure(seed).join('\n'));
  }
  expect(masters, 'stories without masters prove nothing').toBeGreaterThan(seeds);
});

test('the same seed comes to the same observations, others to others', () => {
  const digests = Array.from({ length: 100 }, (_, seed) => runStory(generateStory(seed)).digest);
  const again = Array.from(
    { length: 100 },
    (_, seed) => runStory(generateStory(seed), () => undefined).digest,
  );
  expect(again).toEqual(digests);
  expect(new Set(digests).size).toBe(100);
});
