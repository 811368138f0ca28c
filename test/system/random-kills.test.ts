import { expect, test } from 'vitest';
import { deck } from '../chaos/deck.ts';
import type { Happening } from '../chaos/happening.ts';
import { judge } from '../chaos/judge.ts';
import { paces } from '../chaos/paces.ts';
import { playRound } from '../chaos/round.ts';
import { storyOf } from '../chaos/story.ts';
import { describeWith } from '../support/requirements.ts';

const seed = 1;
const kills = 6;

describeWith({ root: true, tools: ['ip'] }, 'processes of a pair that are killed at random', () => {
  test.each(paces)('leave one owner of the address, at one advert every $name s', async (pace) => {
    const cards = deck(seed, kills, pace.advertInt < 1 / 3, pace.advertInterval);
    const round = await playRound(pace, cards, () => undefined);
    const stories = judge(round.course).map((violation) => storyOf(violation, round).join('\n'));
    expect(stories).toEqual([]);
    expect(round.course.happenings.filter(({ kind }) => kind === 'killed')).toHaveLength(kills);
    expect(round.requests).toBeGreaterThan(100);
  });
});

const pace = paces[0];
const end = 60;

/** Times in seconds; both routers are up and router1 has the address when the story begins. */
type Line = readonly [
  number,
  'router1' | 'router2',
  Exclude<Happening['kind'], 'killed'> | 'core' | 'worker' | 'spare',
];

const beginning: readonly Line[] = [
  [0, 'router1', 'started'],
  [0, 'router2', 'started'],
  [0.5, 'router1', 'listening'],
  [0.5, 'router2', 'listening'],
  [4, 'router1', 'added'],
];

/** What the judge says of a story. @param lost when requests were lost, in seconds */
function verdict(story: readonly Line[], lost: readonly number[] = []): readonly string[] {
  if (pace === undefined) return [];
  const happenings = [...beginning, ...story].map(([at, router, what]) => happening(at * 1e6, router, what));
  return judge({ pace, happenings, lost: lost.map((at) => at * 1e6), end: end * 1e6 }).map(
    ({ what }) => what,
  );
}

function happening(at: number, router: string, what: Line[2]): Happening {
  switch (what) {
    case 'core':
    case 'worker':
    case 'spare':
      return { at, router, kind: 'killed', role: what, pid: 1 };
    case 'outlived':
      return { at, router, kind: what, pid: 1 };
    case 'not-there':
      return { at, router, kind: what, role: 'core' };
    default:
      return { at, router, kind: what };
  }
}

const coreDies: readonly Line[] = [
  [10, 'router1', 'core'],
  [10.01, 'router1', 'removed'],
  [10.02, 'router1', 'deaf'],
  [10.1, 'router1', 'started'],
];
const allDies: readonly Line[] = [
  [10, 'router1', 'core'],
  [10, 'router1', 'worker'],
  [10.01, 'router1', 'deaf'],
];
const workerReplaced: readonly Line[] = [
  [10, 'router1', 'worker'],
  [10.01, 'router1', 'deaf'],
  [10.2, 'router1', 'listening'],
];

test.each<readonly [string, readonly Line[], readonly number[], readonly (string | RegExp)[]]>([
  ['a calm life', [], [], []],
  ['a worker that is replaced', workerReplaced, [], []],
  [
    'a worker whose death costs a request',
    workerReplaced,
    [10.1],
    [/worker of router1 cost the client 1 requests/],
  ],
  [
    'a worker whose death moves the address',
    [...workerReplaced, [11.5, 'router1', 'removed'], [13, 'router2', 'added']],
    [],
    [/worker of router1 moved the address \(removed on router1 after 1500 ms\)/],
  ],
  ['a spare whose death costs a request', [[10, 'router1', 'spare']], [10.01], [/spare of router1 cost/]],
  [
    'a backup whose death costs a request',
    [
      [10, 'router2', 'core'],
      [10.01, 'router2', 'deaf'],
      [10.1, 'router2', 'started'],
      [10.5, 'router2', 'listening'],
    ],
    [10.3],
    [/core of router2 cost/],
  ],
  [
    'a worker that is killed a second time and whose router gives up',
    [
      ...workerReplaced,
      [20, 'router1', 'worker'],
      [20.01, 'router1', 'deaf'],
      [21, 'router1', 'removed'],
      [23, 'router2', 'added'],
    ],
    [21.5, 22],
    [],
  ],
  ['a core whose worker gives the address back', [...coreDies, [10.7, 'router2', 'added']], [10.2, 10.4], []],
  [
    'a core whose worker keeps the address',
    [
      [10, 'router1', 'core'],
      [10.9, 'router1', 'removed'],
      [10.9, 'router1', 'deaf'],
      [11.5, 'router2', 'added'],
    ],
    [],
    [/router1 kept the address after the death of its core/],
  ],
  [
    'a backup that does not take over',
    [...coreDies, [14, 'router2', 'added']],
    [],
    [/nobody had the address for 3990 ms although router2/],
  ],
  [
    'a backup that was killed as well, and listens anew',
    [
      ...coreDies,
      [12, 'router2', 'worker'],
      [12, 'router2', 'deaf'],
      [12.2, 'router2', 'listening'],
      [15.8, 'router2', 'added'],
    ],
    [],
    [],
  ],
  [
    'two owners for as long as a handover takes',
    [
      [10, 'router2', 'added'],
      [10.1, 'router1', 'removed'],
    ],
    [],
    [],
  ],
  [
    'two owners',
    [
      [10, 'router2', 'added'],
      [10.2, 'router1', 'removed'],
    ],
    [],
    ['two routers had the address for 200 ms'],
  ],
  [
    'a dead router that keeps the address',
    [
      ...allDies,
      [13.6, 'router2', 'added'],
      [20, 'router1', 'started'],
      [21, 'router1', 'removed'],
      [21.1, 'router1', 'listening'],
    ],
    [],
    [],
  ],
  [
    'a dead router that comes up and keeps the address',
    [
      ...allDies,
      [13.6, 'router2', 'added'],
      [20, 'router1', 'started'],
      [21, 'router1', 'listening'],
      [22, 'router1', 'removed'],
    ],
    [],
    ['two routers had the address for 1000 ms'],
  ],
  [
    'a dead router that does not come up',
    [...allDies, [13.6, 'router2', 'added'], [20, 'router1', 'started'], [23, 'router1', 'removed']],
    [],
    ['two routers had the address for 1500 ms'],
  ],
  [
    'a worker that is not replaced while its core lives',
    [
      [10, 'router1', 'worker'],
      [10.01, 'router1', 'deaf'],
      [13, 'router2', 'added'],
      [14, 'router1', 'removed'],
    ],
    [],
    [/worker of router1 moved/, 'two routers had the address for 1000 ms'],
  ],
  ['a daemon that ends by itself', [[10, 'router2', 'ended-by-itself']], [], [/router2 ended by itself/]],
  ['an orphan', [[10, 'router2', 'outlived']], [], [/outlived/]],
  ['a router that does not come back', [[10, 'router2', 'not-there']], [], [/router2 had no core/]],
  ['a pair without rest', [[10, 'router1', 'unsettled']], [], [/did not come to rest/]],
])('the judge knows what to say of %s', (_name, story, lost, expected) => {
  const said = verdict(story, lost);
  expect(said.map((what, index) => matches(what, expected[index]))).toEqual(expected.map(() => true));
  expect(said).toHaveLength(expected.length);
});

const matches = (what: string, expected: string | RegExp | undefined): boolean | string =>
  (typeof expected === 'string' ? what === expected : expected?.test(what) === true) || what;

test('a seed decides who is killed; every role has its turn', () => {
  const cards = deck(7, 100, true, 100_000);
  expect(cards).toEqual(deck(7, 100, true, 100_000));
  expect(cards).not.toEqual(deck(8, 100, true, 100_000));
  const targets = cards.flatMap((card) => card.targets);
  const count = (role: string): number => targets.filter((target) => target.role === role).length;
  expect([targets.length, count('core'), count('worker'), count('spare')]).toEqual([100, 40, 40, 20]);
  expect(cards.some((card) => card.targets.length === 2)).toBe(true);
});
