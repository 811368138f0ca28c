import { type Random, seededRandom } from '@holdfast/kit';
import { type Act, actText, type Backend, operate } from './acts.ts';
import { edited } from './edits.ts';
import type { TableText } from './expected-table.ts';
import { judge } from './judge.ts';
import { type Model, newModel, reads, rests, startsAnew } from './model.ts';
import { type CheckerHealth, checkerId } from './model-pool.ts';
import { type PoolFile, type PoolSection, type Slot, subjectOf } from './pool-file.ts';
import { poolText } from './pool-text.ts';
import { randomFile, type Taste } from './random-file.ts';

/** A life of some pools, by seed: says what happens next, and whether the kernel's table is right after it. */
export class Story {
  readonly #random: Random;
  readonly #taste: Taste;
  readonly #slot: Slot;
  readonly #model: Model;
  readonly #backends = new Map<string, Backend>();
  #file: PoolFile;
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
    const waits = this.#file.pools.flatMap(({ servers, delayLoop }) => [
      delayLoop,
      ...servers.flatMap(({ checkers }) =>
        checkers.map(
          ({ delayLoop: loop, retry, delayBeforeRetry, warmup, urls, kind }) =>
            1 +
            warmup +
            (kind === 'HTTP_GET' ? urls : 1) * loop +
            (retry + urls) * (Math.max(delayBeforeRetry, kind === 'HTTP_GET' ? loop : 0) + 0.1),
        ),
      ),
    ]);
    return Math.max(this.#formerPatience, ...waits) + 2;
  }
  #formerPatience = 0;

  /**
   * What happens next. The model knows of it at once; the stage has to do it, in this order, and to wait for `patience`.
   * @param table as it is now, at rest
   */
  next(table: TableText, kill: number | undefined): readonly Act[] {
    this.#formerPatience = this.patience - 2;
    const acts: Act[] = [];
    const random = this.#random;
    const byHand = random.chance(0.5) ? operate(random, this.#model, table) : undefined;
    if (byHand !== undefined) acts.push(byHand);
    if (random.chance(0.7)) acts.push(...this.#changeBackends());
    if (random.chance(0.5)) acts.push(this.#reload(kill));
    this.#model.killed = kill !== undefined;
    if (kill !== undefined) acts.push({ kind: 'kill', requests: kill });
    this.#told.push(acts.length === 0 ? 'nothing' : acts.map(actText).join('\n  '));
    return acts;
  }

  /** Whether the worker is killed in the next step: after how many requests to the kernel. */
  kill(): number | undefined {
    return this.#random.chance(0.3) ? this.#random.pick([0, 0, 1, 2, 3, 4, 5, 8, 13]) : undefined;
  }

  /** @returns what is wrong, or undefined */
  judge(table: TableText): string | undefined {
    rests(this.#model, (pool) => this.#truth(pool));
    return judge(this.#model, table);
  }

  /** After the daemon's end. @returns what it left, or took away */
  judgeEnd(table: TableText): string | undefined {
    const [left] = [...table.keys()].filter((name) => !this.#model.others.has(name));
    if (left !== undefined) return `${left} is left at the end`;
    const [lost] = [...this.#model.others.keys()].filter((name) => !table.has(name));
    return lost === undefined ? undefined : `${lost}, which is somebody's, was taken away at the end`;
  }

  /** The table has been judged and was right: the next acts begin here. */
  goesOn(): void {
    startsAnew(this.#model);
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

  #reload(kill: number | undefined): Act {
    const { file, words } = edited(this.#random, this.#taste, this.#file);
    this.#file = file;
    reads(this.#model, file);
    if (kill !== undefined) this.#model.lost = true;
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
