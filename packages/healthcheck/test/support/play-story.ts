import { seconds } from '@holdfast/kit';
import type { Taste } from '../../../../test/pool-stories/random-file.ts';
import { Story } from '../../../../test/pool-stories/story.ts';
import { StoryStage, type WorkerParts } from './story-stage.ts';

const taste: Taste = {
  mostPools: 3,
  mostServers: 4,
  kinds: ['TCP_CHECK', 'TCP_CHECK', 'HTTP_GET', 'MISC_CHECK'],
  schedulers: ['rr', 'wrr', 'lc', 'wlc', 'sh', 'mh'],
  delayLoops: [1, 2, 3],
  retryDelays: [0.5, 1],
  warmups: [0, 1],
  mostRetries: 2,
  mostUrls: 2,
};
const STEPS = 6;

/**
 * A whole life of a worker over the fake kernel: after each step the kernel's table is what the model says, and stays so.
 * @returns what is wrong first, with all that happened before
 */
export async function playStory(parts: WorkerParts, seed: number): Promise<string | undefined> {
  const story = new Story(seed, 1, taste);
  const stage = new StoryStage(parts, story, seed);
  await stage.start();
  let wrong = await settles(story, stage);
  for (let i = 0; i < STEPS && wrong === undefined; i++) {
    await stage.perform(story.next(stage.table, story.chances()));
    wrong = await settles(story, stage);
  }
  await stage.stop();
  const left = wrong === undefined ? story.judgeEnd(stage.table) : undefined;
  wrong ??= left;
  return wrong === undefined ? undefined : `seed ${seed}:\n${story.soFar}\n${wrong}`;
}

async function settles(story: Story, stage: StoryStage): Promise<string | undefined> {
  await stage.pass(seconds(story.patience));
  const wrong = story.judge(stage.table, stage.unserved);
  stage.rest();
  if (wrong !== undefined) return wrong;
  await stage.pass(seconds(1));
  const later = story.judge(stage.table);
  return later === undefined ? undefined : `it was right, and did not stay so: ${later}`;
}
