import type { VirtualServer } from '@holdfast/config';
import {
  apply,
  fakeKernel,
  type Ipvs,
  ipvsClient,
  type Pool,
  plan,
  type Table,
} from '@holdfast/ipvs-netlink';
import { earlier, later, type Micros, micros, plus, type Random, seconds, seededRandom } from '@holdfast/kit';
import type {
  CheckResult,
  desiredPools,
  HealthEffect,
  HealthEvent,
  initialState,
  nextDeadline,
  savedPool,
  step,
  VirtualServerState,
} from '../../src/index.ts';
import { isUp, judge, loses, type Model, newModel, reads, sees, tableOf, wishesOf } from './model.ts';
import { edited, randomVirtualServer } from './random-config.ts';

/** What is held against the model; given, so that broken copies can be held against it as well. */
export interface HealthLogic {
  readonly step: typeof step;
  readonly nextDeadline: typeof nextDeadline;
  readonly initialState: typeof initialState;
  readonly desiredPools: typeof desiredPools;
  readonly savedPool: typeof savedPool;
}

/** A virtual server, its kernel, and the model of both. */
interface World {
  readonly logic: HealthLogic;
  readonly random: Random;
  readonly kernel: ReturnType<typeof fakeKernel>;
  readonly ipvs: Ipvs;
  readonly model: Model;
  state: VirtualServerState;
  written: Table;
  now: Micros;
}

const STEPS = 60;

/**
 * A random life: checks succeed and fail, the file is edited, the worker is killed, somebody empties the kernel's
 * table. After each step the fake kernel holds what the model says, and at no moment between a service that had a
 * server and is to have one is without.
 * @returns what is wrong first, or undefined
 */
export async function walk(logic: HealthLogic, seed: number): Promise<string | undefined> {
  const random = seededRandom(seed);
  const kernel = fakeKernel();
  const now = seconds(100);
  const model = newModel(randomVirtualServer(random), now);
  const world: World = {
    logic,
    random,
    kernel,
    ipvs: ipvsClient(kernel.connect()),
    model,
    state: logic.initialState,
    written: new Map(),
    now,
  };
  let wrong = await begin(world);
  for (let i = 0; i < STEPS && wrong === undefined; i++) wrong = await anything(world);
  world.ipvs.close();
  return wrong === undefined ? undefined : `seed ${seed}: ${wrong}`;
}

async function begin(world: World): Promise<string | undefined> {
  const { model } = world;
  const effects = happens(world, { kind: 'start', saved: undefined, chance: chance(world) });
  const called = model.quorum === 'up' || model.config.sorryServer !== undefined;
  return (await settles(world, effects)) ?? calls(effects, called ? [`quorum ${model.quorum}`] : [], 'start');
}

function anything(world: World): Promise<string | undefined> {
  const roll = world.random.fraction();
  if (roll < 0.06) return reload(world);
  if (roll < 0.12) return killed(world);
  if (roll < 0.15) return emptied(world);
  if (roll < 0.2) return ordered(world);
  return roll < 0.5 ? timePasses(world) : ends(world);
}

async function timePasses(world: World): Promise<string | undefined> {
  const due = world.logic.nextDeadline(world.state);
  if (due === undefined) return undefined;
  if (due > world.now) world.now = due;
  const effects = happens(world, { kind: 'deadline' });
  for (const effect of effects) {
    if (effect.kind !== 'check') return `a deadline made ${effect.kind}`;
    const checker = world.model.servers[effect.server]?.checkers[effect.checker];
    if (checker === undefined || checker.begun !== undefined) return 'a check that is none';
    if (world.now < checker.from || world.now > checker.to)
      return `check at ${world.now}, due from ${checker.from} to ${checker.to}`;
    checker.begun = world.now;
    checker.run = effect.run;
  }
  const late = world.model.servers
    .flatMap(({ checkers }) => checkers)
    .find(({ begun, to }) => begun === undefined && to <= world.now);
  return late === undefined ? settles(world, effects) : `no check of ${late.what.kind} at ${world.now}`;
}

async function ends(world: World): Promise<string | undefined> {
  const { model, random } = world;
  const running = model.servers.flatMap((server) =>
    server.checkers.flatMap((checker) => (checker.run === undefined ? [] : [{ server, checker }])),
  );
  if (running.length === 0) return timePasses(world);
  const { server, checker } = random.pick(running);
  const end = plus(world.now, micros(random.pick([0, 1_000, 500_000, 7_000_000])));
  // Time does not pass a deadline that is due.
  world.now = earlier(end, later(world.now, world.logic.nextDeadline(world.state) ?? end));
  const result = randomResult(random, checker.what.kind === 'MISC_CHECK');
  const effects = happens(world, { kind: 'finished', run: checker.run ?? 0, result });
  const [wasUp, wasKnown] = [isUp(server), server.checkers.some(({ isKnown }) => isKnown)];
  const wasDown = checker.isDown;
  sees(server, checker, result, world.now);
  const up = isUp(server);
  const isFirstFailure = wasDown && !wasKnown && result.kind === 'failure';
  const expected = [
    ...(wasUp === up && !isFirstFailure ? [] : [`${up ? 'up' : 'down'} ${server.config.key}`]),
    ...(judge(model) ? [`quorum ${model.quorum}`] : []),
  ];
  return (
    (await settles(world, effects)) ?? calls(effects, expected, `${result.kind} of ${server.config.key}`)
  );
}

function randomResult(random: Random, isMisc: boolean): CheckResult {
  const roll = random.fraction();
  if (roll < 0.05) return { kind: 'local-error', reason: 'no socket' };
  if (roll < 0.5) return { kind: 'failure', reason: 'refused' };
  return isMisc && random.chance(0.6) ? { kind: 'success', weight: random.whole(0, 3) } : { kind: 'success' };
}

async function reload(world: World): Promise<string | undefined> {
  const { model } = world;
  const previous = model.config;
  const before = new Map(model.servers.map((server) => [server.config.key, isUp(server)]));
  const underWay = runsOf(model);
  reads(model, edited(world.random, previous), world.now);
  const effects = happens(world, { kind: 'reload', previous, chance: chance(world) });
  const lost = underWay.filter((run) => !runsOf(model).includes(run));
  const cancelled = effects.flatMap((effect) => (effect.kind === 'cancel' ? [effect.run] : []));
  if (cancelled.join() !== lost.join()) return `gives up checks ${cancelled}; due ${lost}`;
  const after = new Map(model.servers.map((server) => [server.config.key, isUp(server)]));
  const gone = [...before].filter(([key, up]) => up && !after.has(key)).map(([key]) => `down ${key}`);
  const changed = [...after]
    .filter(([key, up]) => before.has(key) && before.get(key) !== up)
    .map(([key, up]) => `${up ? 'up' : 'down'} ${key}`);
  const quorum = judge(model) ? [`quorum ${model.quorum}`] : [];
  return (await settles(world, effects)) ?? calls(effects, [...gone, ...changed, ...quorum], 'reload');
}

const runsOf = ({ servers }: Model): readonly number[] =>
  servers.flatMap(({ checkers }) => checkers.flatMap(({ run }) => (run === undefined ? [] : [run])));

async function killed(world: World): Promise<string | undefined> {
  const saved = JSON.parse(JSON.stringify(world.logic.savedPool(world.model.config, world.state)));
  loses(world.model, world.now);
  world.state = world.logic.initialState;
  const wishes = wishesOf(world.model);
  const effects = happens(world, { kind: 'start', saved, chance: chance(world), wishes });
  return (await settles(world, effects)) ?? calls(effects, [], 'kill');
}

/** An operator drains, disables, weighs or enables one of the servers. */
async function ordered(world: World): Promise<string | undefined> {
  const { model, random } = world;
  if (model.servers.length === 0) return undefined;
  const wish = random.pick([
    { kind: 'drain' },
    { kind: 'disable' },
    { kind: 'weight', weight: random.whole(0, 5) },
    { kind: 'enable' },
  ] as const);
  random.pick(model.servers).wish = wish.kind === 'enable' ? undefined : wish;
  const effects = happens(world, { kind: 'wishes', wishes: wishesOf(model) });
  const quorum = judge(model) ? [`quorum ${model.quorum}`] : [];
  return (await settles(world, effects)) ?? calls(effects, quorum, `order ${wish.kind}`);
}

/** `ipvsadm -C`; then comes the periodic look. */
async function emptied(world: World): Promise<string | undefined> {
  await world.ipvs.flush();
  return settles(world, [{ kind: 'plan' }]);
}

const chance = ({ random }: World): readonly number[] => [random.fraction(), random.fraction()];

function happens(world: World, event: HealthEvent): readonly HealthEffect[] {
  const { state, effects } = world.logic.step(world.model.config, world.state, event, world.now);
  world.state = state;
  return effects;
}

/** Only what asked for it is planned: a change that does not ask leaves a table that is not the model's. */
async function settles(world: World, effects: readonly HealthEffect[]): Promise<string | undefined> {
  const { model, kernel } = world;
  if (effects.some(({ kind }) => kind === 'plan')) {
    const gap = await planned(world, model.config);
    if (gap !== undefined) return gap;
  }
  const [is, due] = [linesOf(kernel.table), tableOf(model)];
  return is.join('\n') === due.join('\n')
    ? undefined
    : `the kernel has\n${is.join('\n')}\ndue is\n${due.join('\n')}`;
}

async function planned(world: World, config: VirtualServer): Promise<string | undefined> {
  const reading = await world.ipvs.table();
  if (!reading.ok) return 'no reading';
  const { table } = reading.value;
  const desired = world.logic.desiredPools(config, world.state);
  const { changes } = plan(desired, table, world.written);
  const end = apply(changes, table).table;
  const served = [...table].filter(([id, pool]) => serves(pool) && serves(end.get(id))).map(([id]) => id);
  for (let length = 1; length < changes.length; length++) {
    const between = apply(changes.slice(0, length), table).table;
    const empty = served.find((id) => !serves(between.get(id)));
    if (empty !== undefined) return `a moment without a server in ${empty}`;
  }
  const results = await world.ipvs.perform(changes);
  world.written = desired;
  return results.every(({ ok }) => ok) ? undefined : 'the kernel refused a change';
}

const serves = (pool: Pool | undefined): boolean =>
  pool !== undefined && [...pool.servers.values()].some(({ weight }) => weight > 0);

const linesOf = (table: Table): readonly string[] =>
  [...table]
    .flatMap(([id, { servers }]) => [
      id,
      ...[...servers].map(([key, { weight }]) => `${id} ${key} ${weight}`),
    ])
    .toSorted();

/** Whom the effects call, against whom they should; the kernel is planned before anybody is called. */
function calls(
  effects: readonly HealthEffect[],
  expected: readonly string[],
  when: string,
): string | undefined {
  const called = effects.flatMap((effect) => {
    if (effect.kind === 'notify') return [`${effect.what} ${effect.server.key}`];
    return effect.kind === 'notify-quorum' ? [`quorum ${effect.what}`] : [];
  });
  return called.join() === expected.join() ? undefined : `${when} calls ${called}; due ${expected}`;
}
