import { type Micros, micros, plus, type Random, times } from '@holdfast/kit';
import { type Ground, somePriority } from './ground.ts';
import { virtualAddress } from './router-config.ts';
import type { Act, ConfigChange, GarbageDefect, RouterName, RouterPlan } from './types.ts';

/** One thing that may befall a fleet, with everything that belongs to it: what goes down comes up again. */
type Mishap = (stage: Stage, at: Micros) => readonly Act[];

interface Stage {
  readonly chance: Random;
  readonly ground: Ground;
  readonly fleet: readonly RouterPlan[];
  /** A length of time: so many intervals, at most. */
  some(most: number): Micros;
  /** More often than the others the one with the highest priority, who will be master. */
  router(): RouterName;
}

/** What befalls a fleet; `weight` says how often among the others. */
const mishaps: readonly { readonly weight: number; readonly happen: Mishap }[] = [
  { weight: 3, happen: (s, at) => awayFor(s, at, 'stop') },
  { weight: 2, happen: (s, at) => awayFor(s, at, 'power-cut') },
  { weight: 2, happen: (s, at) => awayFor(s, at, 'kill-all') },
  { weight: 4, happen: (s, at) => [{ at, kind: 'kill-worker', router: s.router(), back: backAfter(s) }] },
  { weight: 3, happen: whileWorkerless },
  { weight: 3, happen: (s, at) => [{ at, kind: 'stall', router: s.router(), lasts: s.some(6) }] },
  { weight: 2, happen: linkLoss },
  { weight: 3, happen: loadChanges },
  { weight: 2, happen: serviceFails },
  { weight: 3, happen: (s, at) => [{ at, kind: 'reload', router: s.router(), change: change(s) }] },
  { weight: 1, happen: intervalChanges },
  { weight: 2, happen: deletions },
  { weight: 3, happen: cuts },
  { weight: 2, happen: splitThenStop },
  { weight: 1, happen: sourceLost },
  { weight: 3, happen: weather },
  { weight: 2, happen: garbage },
  { weight: 1, happen: lateScript },
];

/** Between none and about ten mishaps, one after the other or at once, after the fleet had a while to elect. */
export function generateActs(chance: Random, ground: Ground, fleet: readonly RouterPlan[]): readonly Act[] {
  const favourite = fleet.reduce((best, each) => (each.config.priority > best.config.priority ? each : best));
  const stage: Stage = {
    chance,
    ground,
    fleet,
    some: (most) => micros(ground.interval * most * chance.fraction()),
    router: () => (chance.chance(0.4) ? favourite : chance.pick(fleet)).name,
  };
  const bag = mishaps.flatMap(({ weight, happen }) => Array.from({ length: weight }, () => happen));
  const acts: Act[] = [];
  let at = stage.some(10);
  for (let n = chance.whole(0, 7); n > 0; n--) {
    acts.push(...chance.pick(bag)(stage, at));
    at = plus(at, stage.some(chance.pick([1, 8, 8, 16])));
  }
  // Drawn last, so that the stories of old seeds are what they were, but for this.
  if (chance.chance(0.3)) acts.push(...handovers(stage));
  if (chance.chance(0.3)) acts.push(...restarts(stage));
  return acts.toSorted((a, b) => a.at - b.at);
}

/** A router is handed over, and mostly taken back. */
function handovers(s: Stage): readonly Act[] {
  const router = s.router();
  const at = s.some(30);
  const back = plus(at, s.some(s.chance.pick([2, 15])));
  const given: Act = { at, kind: 'handover', router, on: true };
  return s.chance.chance(0.7) ? [given, { at: back, kind: 'handover', router, on: false }] : [given];
}

/** Planned restarts, most of them quick enough to go on; something may happen meanwhile. */
function restarts(s: Stage): readonly Act[] {
  const router = s.router();
  const at = s.some(30);
  const back = s.some(s.chance.pick([0.3, 0.3, 1, 3, 8]));
  const amid = plus(at, times(back, s.chance.pick([0.2, 0.6])));
  const meanwhile: readonly (() => readonly Act[])[] = [
    () => [],
    () => [],
    () => [],
    () => [{ at: amid, kind: 'reload', router, change: change(s) }],
    () => [{ at: amid, kind: 'stop', router }],
    () => [{ at: amid, kind: 'link', router, up: false }],
    () => [{ at: plus(at, back), kind: 'kill-worker', router, back: backAfter(s) }],
  ];
  return [{ at, kind: 'restart', router, back }, ...s.chance.pick(meanwhile)()];
}

function awayFor(s: Stage, at: Micros, how: 'stop' | 'power-cut' | 'kill-all'): readonly Act[] {
  const router = s.router();
  const back: readonly Act[] = s.chance.chance(0.85)
    ? [{ at: plus(at, s.some(s.chance.pick([1, 8]))), kind: 'start', router }]
    : [];
  return [{ at, kind: how, router }, ...back];
}

/** In time to resume, too late for that, and when core has withdrawn long ago. */
function backAfter({ chance, ground }: Stage): Micros {
  const intervals = chance.pick([0.05, 0.4, 1, 1.4, 1.6, 2.5, 8]);
  return micros(ground.interval * intervals * (0.8 + 0.4 * chance.fraction()));
}

/** What happens to a router whose worker is dead is found by the next one. */
function whileWorkerless(s: Stage, at: Micros): readonly Act[] {
  const router = s.router();
  const back = backAfter(s);
  const amid = plus(at, micros(back * s.chance.fraction()));
  const events: readonly (() => readonly Act[])[] = [
    () => [{ at: amid, kind: 'reload', router, change: change(s) }],
    () => [{ at: amid, kind: 'reload', router, change: { virtualAddresses: [virtualAddress(0)] } }],
    () => intervalChanges(s, at),
    () => [{ at: amid, kind: 'delete-address', router, index: 0 }],
    () => [{ at: amid, kind: 'script', router, script: 'load', verdict: s.chance.pick(['good', 'bad']) }],
    () => [{ at: amid, kind: 'stop', router }],
    () => [{ at: plus(at, back), kind: 'kill-worker', router, back: backAfter(s) }],
  ];
  return [{ at, kind: 'kill-worker', router, back }, ...s.chance.pick(events)()];
}

function linkLoss(s: Stage, at: Micros): readonly Act[] {
  const router = s.router();
  return [
    { at, kind: 'link', router, up: false },
    { at: plus(at, s.some(8)), kind: 'link', router, up: true },
  ];
}

function loadChanges(s: Stage, at: Micros): readonly Act[] {
  const router = s.router();
  return [
    { at, kind: 'script', router, script: 'load', verdict: 'bad' },
    {
      at: plus(at, s.some(10)),
      kind: 'script',
      router,
      script: 'load',
      verdict: s.chance.pick(['good', 'bad']),
    },
  ];
}

function serviceFails(s: Stage, at: Micros): readonly Act[] {
  const router = s.router();
  return [
    { at, kind: 'script', router, script: 'service', verdict: 'bad' },
    { at: plus(at, s.some(8)), kind: 'script', router, script: 'service', verdict: 'good' },
  ];
}

/** A router whose script has not answered yet when it starts. */
function lateScript(s: Stage, at: Micros): readonly Act[] {
  const router = s.router();
  const up = plus(at, micros(2000));
  const acts: readonly Act[] = [
    { at, kind: 'stop', router },
    { at: plus(at, micros(1000)), kind: 'script', router, script: 'service', verdict: 'undecided' },
    { at: up, kind: 'start', router },
    {
      at: plus(up, s.some(3)),
      kind: 'script',
      router,
      script: 'service',
      verdict: s.chance.pick(['good', 'good', 'bad']),
    },
    { at: plus(up, s.some(6)), kind: 'script', router, script: 'service', verdict: 'good' },
  ];
  return acts;
}

function change(s: Stage): ConfigChange {
  const { chance, ground } = s;
  const changes: readonly (() => ConfigChange)[] = [
    () => ({}),
    () => ({ priority: somePriority(chance) }),
    () => ({ nopreempt: chance.chance(0.5) }),
    () => ({ preemptDelay: times(ground.interval, chance.whole(0, 6)) }),
    () => ({ virtualAddresses: Array.from({ length: chance.whole(1, 4) }, (_, n) => virtualAddress(n)) }),
    () => (ground.version === 3 ? { advertInterval: times(ground.interval, chance.whole(1, 3)) } : {}),
  ];
  return chance.pick(changes)();
}

/** All files get another interval, one router after the other: version 2 is deaf in between. */
function intervalChanges(s: Stage, at: Micros): readonly Act[] {
  const factor = s.chance.pick([1, 2]);
  const advertInterval = times(s.ground.interval, factor);
  return s.fleet.map(({ name }) => ({
    at: plus(at, s.some(2)),
    kind: 'reload',
    router: name,
    change: { advertInterval },
  }));
}

function deletions(s: Stage, at: Micros): readonly Act[] {
  const often = s.chance.pick([1, 1, 2, 6]);
  const victims = s.chance.chance(0.5) ? [s.router()] : s.fleet.map(({ name }) => name);
  return victims.flatMap((router) =>
    Array.from({ length: often }, (_, n): Act => {
      const when = plus(at, micros(n * s.ground.interval * 0.3));
      return { at: when, kind: 'delete-address', router, index: 0 };
    }),
  );
}

function cuts(s: Stage, at: Micros): readonly Act[] {
  const [from, to] = [s.router(), s.router()];
  if (from === to) return [];
  const lasts = s.some(10);
  const there: Act = { at, kind: 'cut', from, to, lasts };
  const back: Act = { at, kind: 'cut', from: to, to: from, lasts: s.some(10) };
  return s.chance.chance(0.5) ? [there] : [there, back];
}

/** Two masters for a while; just when they might hear each other again, one of them says goodbye. */
function splitThenStop(s: Stage, at: Micros): readonly Act[] {
  const [one, other] = [s.router(), s.router()];
  if (one === other) return [];
  const lasts = micros(s.ground.interval * (4 + 4 * s.chance.fraction()));
  const mended = plus(at, lasts);
  const stopped = plus(mended, micros(s.ground.interval * 0.2 * s.chance.fraction()));
  return [
    { at, kind: 'cut', from: one, to: other, lasts },
    { at, kind: 'cut', from: other, to: one, lasts },
    { at: stopped, kind: 'stop', router: one },
    { at: plus(stopped, s.some(6)), kind: 'start', router: one },
  ];
}

/** The interface loses the address that adverts are sent from. */
function sourceLost(s: Stage, at: Micros): readonly Act[] {
  const router = s.router();
  return [
    { at, kind: 'source', router, present: false },
    { at: plus(at, s.some(6)), kind: 'source', router, present: true },
  ];
}

function weather(s: Stage, at: Micros): readonly Act[] {
  const { chance, ground } = s;
  const delayUpTo = micros(Math.max(400, ground.interval * chance.pick([0, 0.05, 0.3, 0.8])));
  const sky = { loss: chance.pick([0, 0, 0.2, 0.7]), duplication: chance.pick([0, 0.3]), delayUpTo };
  return [{ at, kind: 'weather', weather: sky, lasts: s.some(10) }];
}

const DEFECTS: readonly GarbageDefect[] = ['time-to-live', 'checksum', 'version', 'truncated', 'type'];

function garbage(s: Stage, at: Micros): readonly Act[] {
  const { chance, ground } = s;
  const kinds = ground.unicast ? DEFECTS.filter((defect) => defect !== 'time-to-live') : DEFECTS;
  const every = micros(ground.interval * chance.pick([0.1, 0.5, 0.9]));
  return [{ at, kind: 'garbage', defect: chance.pick(kinds), times: chance.whole(1, 30), every }];
}
