import { micros } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { generateStory, type Story, shrink, storyInWords, type Violation } from '../../src/index.ts';

const violation: Violation = { rule: 'made up', at: micros(1), router: 'A', text: 'for this test' };
const breaksWith = (kind: string) => (story: Story) =>
  story.acts.some((act) => act.kind === kind) ? violation : undefined;

/** The first everyday story with many acts, one of this kind among them. */
function longStoryWith(kind: string): Story {
  for (let seed = 1; ; seed++) {
    const story = generateStory(seed);
    if (story.acts.length > 8 && breaksWith(kind)(story) !== undefined) return story;
  }
}

test.each(['stall', 'cut', 'weather', 'garbage', 'kill-worker', 'reload'])(
  'a story that breaks a rule by its %s alone becomes one act in a fleet as small as can be',
  (kind) => {
    const short = shrink(longStoryWith(kind), breaksWith(kind));
    expect(short.acts.map((act) => act.kind)).toEqual([kind]);
    expect(short.fleet.length).toBe(kind === 'cut' ? 2 : 1);
    expect(short.fleet.every(({ config }) => !config.nopreempt && config.preemptDelay === 0)).toBe(true);
  },
);

test('a story that breaks another rule when it gets shorter keeps what makes it break this one', () => {
  const long = longStoryWith('stall');
  const count = long.acts.length;
  const trial = (story: Story): Violation | undefined =>
    story.acts.length === count ? violation : { ...violation, rule: 'another' };
  expect(shrink(long, trial).acts.length).toBe(count);
});

test('a story in which every rule holds stays as it is', () => {
  const story = generateStory(3);
  expect(shrink(story, () => undefined)).toBe(story);
});

test('a story is told in the order of what happens, with the routers by name', () => {
  const lines = storyInWords(longStoryWith('stall'));
  expect(lines[0]).toMatch(/^story of seed \d+, [\d.]+ s long:$/);
  expect(lines.slice(1).every((line) => /^t=\d+\.\d{4} s: /.test(line))).toBe(true);
  const times = lines.slice(1).map((line) => Number(line.slice(2, line.indexOf(' '))));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(lines.some((line) => /the worker of router [A-F] stalls for [\d.]+ ms/.test(line))).toBe(true);
});
