import { fakeKernel, ipvsClient } from '@holdfast/ipvs-netlink';
import { expect, test } from 'vitest';
import { mergeSaved, nothingSaved, unsettled, withoutAwaited } from '../../src/logic/merge-saved.ts';
import { openWorker } from '../../src/system/worker-loop.ts';
import { playStory } from '../support/play-story.ts';

/** HOLDFAST_STORIES: how many; HOLDFAST_STORY: the first of them. */
const count = Number(process.env['HOLDFAST_STORIES'] ?? 50);
const first = Number(process.env['HOLDFAST_STORY'] ?? 1);
const parts = { openWorker, mergeSaved, nothingSaved, unsettled, withoutAwaited, fakeKernel, ipvsClient };

test(`in ${count} random stories the kernel's table is what the model says`, {
  timeout: 3_600_000,
}, async () => {
  for (let seed = first; seed < first + count; seed++)
    expect(
      await playStory(parts, seed),
      `HOLDFAST_STORY=${seed} HOLDFAST_STORIES=1 shows it`,
    ).toBeUndefined();
});
