import { type Random, seededRandom } from '@holdfast/kit';
import { type Act, actText, type Backend, empty, type Operator, operate, undo } from './acts.ts';
import { edited } from './edits.ts';
import type { TableText } from './expected-table.ts';
import { judge, neverUnserved } from './judge.ts';
import { type Model, newModel, reads, rests, startsAnew } from './model.ts';
import { type CheckerHealth, checkerId } from './model-pool.ts';
import { type CheckerSection, type PoolFile, type PoolSection, type Slot, subjectOf } from './pool-file.ts';
import { poolText } from './pool-text.ts';
import { randomFile, type Taste } from './random-file.ts';

/** A life of some pools, by seed: says what happens next, and whether the kernel's table is right after it. */
export class Story {
  readonly #random: Random;
  readonly #taste: Taste;
  readonly #slot: Slot;
  #model: Model;
  readonly #backends = new Map<string, Backend>();
  #file: PoolFile;
  /** An operator has had a hand in the last step. */
  #isTouched: boolean = false;
  readonly #told: string[] = [];

  constructor(seed: number, slot: Slot, taste: Taste) {
    this.#random = seededRandom(seed);
    this.#taste = taste;
    this.#slot = slot;
    this.#file = randomFile(this.#random, taste);
    for (const subject of this.#subjects()) this.#backends.set(subject, this.#randomBackend(subject));
    this.#model = newModel(slot, this.#file);
    this.#told.push('start');
  }

  /** What has happened, in words, and the file as it is now. */
  get soFar(): string {
    return `- ${this.#told.join('\n- ')}\n\n${this.text}`;
  }

  /** The configuration as it is now. */
  get text(): string {
    return poolText(this.#slot, this.#file);
  }

  backend(subject: string): Backend {
    return this.#backends.get(subject) ?? 'up';
  }

  /** Endpoints and programs that the file's checkers ask. */
  get subjects(): readonly string[] {
    return this.#subjects();
  }

  /** How long it takes at most until every checker has found the truth and the table has been looked at, in seconds. */
  get patience(): number {
    return Math.max(this.#patienceBefore, this.#patienceNow);
  }
  #patienceBefore = 0;

  get #patienceNow(): number {
    const looks = this.#file.pools.map(({ delayLoop }) => Math.max(1, delayLoop));
    const checks = this.#file.pools.flatMap(({ servers }) =>
      servers.flatMap(({ checkers }) => checkers.map(longestCheck)),
    );
    return Math.max(1, ...checks) + Math.min(...looks) + 0.5;
  }

  /** What the next step has in common for all that one daemon does. */
  chances(): Chances {
    const random = this.#random;
    return {
      kill: random.chance(0.3) ? random.pick([0, 0, 1, 2, 3, 4, 5, 8, 13]) : undefined,
      reload: random.chance(0.5),
      flush: random.chance(0.06),
    };
  }

  /**
   * What happens next. The model knows of it at once; the stage has to do it, in this order, and to wait for `patience`.
   * @param table as it is now, at rest
   */
  next(table: TableText, { kill, reload, flush }: Chances): readonly Act[] {
    this.#patienceBefore = this.#patienceNow;
    const acts: Act[] = [];
    const byHand = !flush && this.#random.chance(0.5) ? operate(this.#random, this.#model, table) : undefined;
    if (flush) {
      empty(this.#model);
      acts.push({ kind: 'flush' });
    }
    if (byHand !== undefined) acts.push(byHand);
    this.#isTouched = acts.length > 0;
    if (this.#random.chance(0.7)) acts.push(...this.#changeBackends());
    if (reload) acts.push(this.#reload());
    this.#model.killed = kill !== undefined;
    this.#model.lost = kill !== undefined && reload;
    if (kill !== undefined) acts.push({ kind: 'kill', requests: kill });
    this.#told.push(acts.length === 0 ? 'nothing' : acts.map(actText).join('\n  '));
    return acts;
  }

  /** The kernel has not taken what an operator wanted. */
  refused(act: Operator): void {
    undo(this.#model, act);
    this.#told.push(`(the kernel refuses: ${actText(act)})`);
  }

  /**
   * @param unserved services that were without a server for a moment since the last rest, as far as that was seen
   * @returns what is wrong, or undefined: then the next step begins here
   */
  judge(table: TableText, unserved: ReadonlySet<string> = nothing): string | undefined {
    const model = structuredClone(this.#model);
    // A service in which somebody has set a weight may be without a server by that.
    const watched = [...unserved].filter((name) => (model.weights.get(name)?.size ?? 0) === 0);
    rests(model, (pool) => this.#truth(pool));
    const wrong = judge(model, table) ?? (this.#isTouched ? undefined : neverUnserved(model, watched));
    if (wrong !== undefined) return wrong;
    startsAnew(model);
    this.#model = model;
    return undefined;
  }

  /** After the daemon's end. @returns what it left, or took away */
  judgeEnd(table: TableText): string | undefined {
    const { others } = this.#model;
    const left = [...table.keys()].find((name) => !others.has(name));
    if (left !== undefined) return `${left} is left at the end`;
    const lost = [...others.keys()].find((name) => !table.has(name));
    return lost === undefined ? undefined : `${lost}, which is somebody's, was taken away at the end`;
  }

  #changeBackends(): readonly Act[] {
    const share = this.#random.pick([0.2, 0.5, 1]);
    const fate = this.#random.pick(['down', 'up', 'any'] as const);
    return this.#subjects()
      .filter(() => this.#random.chance(share))
      .map((subject) => {
        const is = fate === 'any' ? this.#randomBackend(subject) : fate;
        this.#backends.set(subject, is);
        return { kind: 'backend', subject, is };
      });
  }

  #reload(): Act {
    const { file, words } = edited(this.#random, this.#taste, this.#file);
    this.#file = file;
    reads(this.#model, file);
    for (const subject of this.#subjects())
      if (!this.#backends.has(subject)) this.#backends.set(subject, this.#randomBackend(subject));
    return { kind: 'reload', file, words };
  }

  #randomBackend(subject: string): Backend {
    if (this.#random.chance(0.3)) return 'down';
    return subject.startsWith('/') && this.#random.chance(0.6) ? this.#random.whole(0, 3) : 'up';
  }

  #subjects(): readonly string[] {
    return this.#file.pools.flatMap((pool) =>
      pool.servers.flatMap((server) =>
        server.checkers.map((checker) => subjectOf(this.#slot, pool.number, server.number, checker)),
      ),
    );
  }

  #truth(pool: PoolSection): ReadonlyMap<string, CheckerHealth> {
    return new Map(
      pool.servers.flatMap((server) =>
        server.checkers.map((checker) => {
          const is = this.backend(subjectOf(this.#slot, pool.number, server.number, checker));
          const offset = typeof is === 'number' ? is - server.weight : 0;
          return [checkerId(pool, server, checker), { up: is !== 'down', offset }] as const;
        }),
      ),
    );
  }
}

const nothing: ReadonlySet<string> = new Set();

/** What a daemon with several stories does for all of them. */
export interface Chances {
  /** After so many requests to the kernel. */
  readonly kill: number | undefined;
  readonly reload: boolean;
  readonly flush: boolean;
}

/** Seconds from any moment until a checker has made up its mind: one second and the warm-up are a new one's. */
function longestCheck({ kind, delayLoop, retry, delayBeforeRetry, warmup, urls }: CheckerSection): number {
  const between = kind === 'HTTP_GET' ? Math.max(delayLoop, delayBeforeRetry) : delayBeforeRetry;
  return 1 + warmup + delayLoop + (retry + urls) * (between + 0.1);
}
