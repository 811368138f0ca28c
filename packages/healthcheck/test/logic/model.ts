import type { Checker, RealServer, VirtualServer } from '@holdfast/config';
import { type Micros, micros, plus, seconds } from '@holdfast/kit';
import type { CheckResult, Override, ServerWish } from '../../src/index.ts';

/** One checker by its history: what it has seen since it last succeeded, and when it must look again. */
export interface ModelChecker {
  readonly what: Checker;
  /** Failures in a row that put it down: one before it has ever succeeded. */
  patience: number;
  failuresInRow: number;
  isDown: boolean;
  /** A result that counts has been seen. */
  isKnown: boolean;
  /** The next check begins within these points of time. */
  from: Micros;
  to: Micros;
  /** When the check under way began. */
  begun: Micros | undefined;
  run: number | undefined;
}

export interface ModelServer {
  config: RealServer;
  weight: number;
  checkers: ModelChecker[];
  /** What an operator wants of it. */
  wish: Override | undefined;
}

/** A virtual server as keepalived's manual and our reference describe it, written without regard to the code. */
export interface Model {
  config: VirtualServer;
  quorum: 'up' | 'down';
  servers: ModelServer[];
}

export function newModel(config: VirtualServer, now: Micros): Model {
  const servers = config.realServers.map((server) => newServer(server, now));
  const model: Model = { config, quorum: 'down', servers };
  model.quorum = weightUp(model) >= config.quorum + config.hysteresis ? 'up' : 'down';
  return model;
}

const newServer = (config: RealServer, now: Micros): ModelServer => ({
  config,
  weight: config.weight,
  checkers: config.checkers.map((what) => newChecker(what, now)),
  wish: undefined,
});

const newChecker = (what: Checker, now: Micros): ModelChecker => ({
  what,
  patience: 1,
  failuresInRow: 0,
  isDown: what.pace.alpha,
  isKnown: false,
  from: plus(now, seconds(1)),
  to: plus(plus(now, seconds(1)), what.pace.warmup),
  begun: undefined,
  run: undefined,
});

export const isUp = ({ checkers }: ModelServer): boolean => !checkers.some(({ isDown }) => isDown);

const clamped = (weight: number): number => Math.max(0, weight);

/** What counts and stands in the table while it is up: an operator's word before everything else. */
function weightOf({ weight, wish }: ModelServer): number {
  if (wish === undefined) return clamped(weight);
  return wish.kind === 'weight' ? wish.weight : 0;
}

export const wishesOf = ({ servers }: Model): readonly ServerWish[] =>
  servers.flatMap(({ config, wish }) => (wish === undefined ? [] : [{ server: config.key, override: wish }]));

export function weightUp({ servers }: Model): number {
  let sum = 0;
  for (const server of servers) if (isUp(server)) sum += weightOf(server);
  return sum;
}

/** The result of the check that is under way. */
export function sees(server: ModelServer, checker: ModelChecker, result: CheckResult, now: Micros): void {
  const { delayLoop, delayBeforeRetry, retry } = checker.what.pace;
  let delay = delayLoop;
  if (result.kind === 'success') {
    checker.patience = retry + 1;
    checker.failuresInRow = 0;
    checker.isDown = false;
    checker.isKnown = true;
    if (checker.what.kind === 'MISC_CHECK') server.weight = result.weight ?? server.config.weight;
  } else if (result.kind === 'failure') {
    checker.failuresInRow += 1;
    if (checker.isDown || checker.failuresInRow >= checker.patience) {
      checker.isDown = true;
      checker.isKnown = true;
    } else delay = delayBeforeRetry;
  }
  const since = checker.what.kind === 'MISC_CHECK' ? (checker.begun ?? now) : now;
  checker.from = plus(since, delay) <= now ? plus(now, micros(1)) : plus(since, delay);
  checker.to = checker.from;
  checker.begun = undefined;
  checker.run = undefined;
}

/** @returns whether the quorum has changed */
export function judge(model: Model): boolean {
  const { quorum, hysteresis } = model.config;
  const weight = weightUp(model);
  const before = model.quorum;
  if (before === 'up' && (weight === 0 || weight < quorum - hysteresis)) model.quorum = 'down';
  if (before === 'down' && weight >= quorum + hysteresis) model.quorum = 'up';
  return model.quorum !== before;
}

/** The new file: what is in both goes on. */
export function reads(model: Model, config: VirtualServer, now: Micros): void {
  model.servers = config.realServers.map((server) => {
    const known = model.servers.find((entry) => entry.config.key === server.key);
    if (known === undefined) return newServer(server, now);
    const isWell = known.checkers.every(({ isDown, isKnown }) => isKnown && !isDown);
    const spare = [...known.checkers];
    const checkers = server.checkers.map((what) => {
      const i = spare.findIndex((entry) => isSame(entry.what, what));
      const kept = i < 0 ? undefined : spare.splice(i, 1)[0];
      if (kept !== undefined) return kept;
      const fresh = newChecker(what, now);
      return isWell ? { ...fresh, isDown: false, patience: what.pace.retry + 1 } : fresh;
    });
    const isDynamic = checkers.some(({ what }) => what.kind === 'MISC_CHECK');
    const shift = isDynamic ? known.weight - known.config.weight : 0;
    return { config: server, weight: server.weight + shift, checkers, wish: known.wish };
  });
  model.config = config;
}

const isSame = (a: Checker, b: Checker): boolean =>
  a.kind === b.kind && (!('target' in a) || !('target' in b) || a.target.port === b.target.port);

/** The worker died: its checks are lost, and each is made again within its `delay_loop`. */
export function loses(model: Model, now: Micros): void {
  for (const { checkers } of model.servers)
    for (const checker of checkers) {
      checker.begun = undefined;
      checker.run = undefined;
      checker.from = now;
      checker.to = plus(now, checker.what.pace.delayLoop);
    }
}

/** The kernel's table as lines: service, server and weight. */
export function tableOf({ config, quorum, servers }: Model): readonly string[] {
  const { sorryServer } = config;
  const isSorry = quorum === 'down' && sorryServer !== undefined;
  const lines = new Map<string, number>();
  for (const server of servers) {
    const { address, port } = server.config;
    if (server.wish?.kind === 'disable') continue;
    if (isUp(server) && !isSorry) lines.set(`${address}:${port}`, weightOf(server));
    // Connections to a server that is drained go on, whoever takes the new ones.
    else if (server.config.inhibitOnFailure || (isUp(server) && server.wish?.kind === 'drain'))
      lines.set(`${address}:${port}`, 0);
  }
  if (sorryServer !== undefined) {
    const key = `${sorryServer.address}:${sorryServer.port}`;
    if (isSorry) lines.set(key, 1);
    else if (config.sorryServerInhibit && !lines.has(key)) lines.set(key, 0);
  }
  const services = config.services.map((at) =>
    at.kind === 'fwmark'
      ? `fwmark ${at.mark} (IPv${at.family})`
      : `${config.protocol} ${at.address}:${at.port}`,
  );
  return services
    .flatMap((service) => [service, ...[...lines].map(([key, weight]) => `${service} ${key} ${weight}`)])
    .toSorted();
}
