import { memoryFiles, parseConfig, type VirtualServer } from '@holdfast/config';
import type {
  Answer,
  fakeKernel,
  Ipvs,
  IpvsTransport,
  ipvsClient,
  Pool,
  Table,
} from '@holdfast/ipvs-netlink';
import { type Micros, micros, millis, ok, plus, type Random, seconds, seededRandom } from '@holdfast/kit';
import type { Act } from '../../../../test/pool-stories/acts.ts';
import type { TableText } from '../../../../test/pool-stories/expected-table.ts';
import { perform } from '../../../../test/pool-stories/perform.ts';
import { readTable } from '../../../../test/pool-stories/read-table.ts';
import type { Story } from '../../../../test/pool-stories/story.ts';
import type { Done } from '../../src/checkers/types.ts';
import type { FromHealthcheck, HealthFact, ScriptOutcome, ToHealthcheck } from '../../src/ipc.ts';
import type { mergeSaved, nothingSaved, unsettled, withoutAwaited } from '../../src/logic/merge-saved.ts';
import type { CheckResult, SavedPools } from '../../src/logic/types.ts';
import { packServers } from '../../src/pack-servers.ts';
import type { CheckEffect, Ports } from '../../src/system/ports.ts';
import type { openWorker, Worker } from '../../src/system/worker-loop.ts';
import { configure } from './fake-world.ts';

/** What is held against the stories; given, so that broken copies can be held against them as well. */
export interface WorkerParts {
  readonly openWorker: typeof openWorker;
  readonly mergeSaved: typeof mergeSaved;
  readonly nothingSaved: typeof nothingSaved;
  readonly unsettled: typeof unsettled;
  readonly withoutAwaited: typeof withoutAwaited;
  readonly fakeKernel: typeof fakeKernel;
  readonly ipvsClient: typeof ipvsClient;
}

/** A worker as long as it lives: one that is dead asks nothing and says nothing more. */
interface Life {
  readonly worker: Worker;
  isAlive: boolean;
  /** Requests to the kernel that it may still make. */
  requests: number;
  timerAt: Micros | undefined;
  /** Virtual servers of whose new configuration core has not heard that the worker has read it. */
  readonly awaited: Set<string>;
  onExpire: () => void;
}

/** A machine with a fake kernel, a fake core and backends as a story says; time passes when it is told to. */
export class StoryStage {
  readonly #parts: WorkerParts;
  readonly #kernel: ReturnType<typeof fakeKernel>;
  readonly #operator: Ipvs;
  readonly #random: Random;
  readonly #story: Story;
  readonly #agenda = new Map<number, { readonly at: Micros; readonly run: () => void }>();
  #entries = 0;
  #now: Micros = seconds(100);
  #life: Life | undefined;
  #saved: SavedPools;
  #hasPast: boolean = false;
  #virtualServers: readonly VirtualServer[] = [];

  constructor(parts: WorkerParts, story: Story, seed: number) {
    this.#parts = parts;
    this.#story = story;
    this.#random = seededRandom(seed ^ 0x5eed);
    this.#kernel = parts.fakeKernel();
    this.#operator = parts.ipvsClient(this.#kernel.connect());
    this.#saved = parts.nothingSaved;
  }

  get table(): TableText {
    return readTable(this.#kernel.table);
  }

  /** Services that had a server at the last rest, and were without for a moment since. */
  get unserved(): ReadonlySet<string> {
    return this.#unserved;
  }

  /** From here on. */
  rest(): void {
    this.#served = servedIn(this.#kernel.table);
    this.#unserved.clear();
  }
  #served: readonly string[] = [];
  readonly #unserved = new Set<string>();

  /** After every single request. */
  #look(): void {
    for (const name of this.#served) {
      const pool = this.#kernel.table.get(name);
      if (pool === undefined || !serves(pool)) this.#unserved.add(name);
    }
  }

  async start(): Promise<void> {
    this.#virtualServers = virtualServersOf(this.#story.text);
    this.#begin();
    await turn();
  }

  async perform(acts: readonly Act[]): Promise<void> {
    for (const act of acts) {
      if (act.kind === 'kill' && this.#life !== undefined) this.#life.requests = act.requests;
    }
    for (const act of acts) {
      if (act.kind === 'reload') this.#reload();
      else if (act.kind !== 'backend' && act.kind !== 'kill')
        await perform(this.#operator, this.#kernel.table, act);
    }
    await turn();
    if (acts.some(({ kind }) => kind === 'kill')) {
      await this.pass(seconds(this.#random.pick([0, 1, 5])));
      if (this.#life !== undefined && this.#life.requests < Infinity) this.#dies(this.#life);
    }
  }

  /** Told to end, with or without `-I`. */
  async stop(): Promise<void> {
    this.#life?.worker.receive({ kind: 'stop' });
    await turn();
    this.#agenda.clear();
  }

  async pass(length: Micros): Promise<void> {
    const end = plus(this.#now, length);
    for (let due = this.#takeDue(end); due !== undefined; due = this.#takeDue(end)) {
      due();
      await turn();
    }
    this.#now = end;
  }

  /** The first of all that is due by then. */
  #takeDue(end: Micros): (() => void) | undefined {
    const life = this.#life;
    let [first, at]: [number | undefined, number] = [undefined, life?.timerAt ?? Infinity];
    for (const [id, entry] of this.#agenda) if (entry.at < at) [first, at] = [id, entry.at];
    if (at > end) return undefined;
    this.#now = micros(Math.max(at, this.#now));
    if (first === undefined) {
      if (life === undefined) return undefined;
      life.timerAt = undefined;
      return life.onExpire;
    }
    const run = this.#agenda.get(first)?.run;
    this.#agenda.delete(first);
    return run;
  }

  #later(length: Micros, run: () => void): () => void {
    const id = ++this.#entries;
    this.#agenda.set(id, { at: plus(this.#now, length), run });
    return () => void this.#agenda.delete(id);
  }

  #begin(): void {
    const holder: { life: Life | undefined } = { life: undefined };
    const worker = this.#parts.openWorker(
      this.#ports(() => holder.life),
      4711,
    );
    const life: Life = {
      worker,
      isAlive: true,
      requests: Infinity,
      timerAt: undefined,
      awaited: new Set(),
      onExpire: () => undefined,
    };
    holder.life = life;
    this.#life = life;
    // The timer was opened before there was a life.
    life.onExpire = this.#onExpire;
    const saved: SavedPools | undefined = this.#hasPast ? JSON.parse(JSON.stringify(this.#saved)) : undefined;
    this.#hasPast = true;
    worker.receive(
      configure(this.#virtualServers, { reason: 'start', ...(saved === undefined ? {} : { saved }) }),
    );
  }
  #onExpire: () => void = () => undefined;

  #dies(life: Life): void {
    if (!life.isAlive) return;
    life.isAlive = false;
    life.timerAt = undefined;
    if (this.#life === life) this.#life = undefined;
    this.#later(millis(this.#random.pick([10, 100, 2000])), () => this.#begin());
  }

  #reload(): void {
    const before = new Map(this.#virtualServers.map((each) => [each.key, JSON.stringify(each)]));
    this.#virtualServers = virtualServersOf(this.#story.text);
    const { global } = configure([]).slice;
    const changed = this.#virtualServers.filter((each) => before.get(each.key) !== JSON.stringify(each));
    const stays = new Set(this.#virtualServers.map(({ key }) => key));
    const gone = [...before.keys()].filter((key) => !stays.has(key));
    this.#saved = this.#parts.unsettled(this.#saved, [...gone, ...changed.map(({ key }) => key)]);
    // A worker is told what is different, or everything where it is not known what it has.
    const message: ToHealthcheck = this.#random.chance(0.8)
      ? { kind: 'change', global, changed: packServers(changed), gone }
      : configure(this.#virtualServers, { reason: 'reload' });
    const life = this.#life;
    for (const key of [...gone, ...changed.map(({ key: own }) => own)]) life?.awaited.add(key);
    // What the worker said before it read this is still on its way.
    this.#later(this.#latency(), () => {
      if (life?.isAlive === true) life.worker.receive(message);
    });
  }

  #hear(life: Life | undefined, message: FromHealthcheck): void {
    if (life?.isAlive === false) return;
    if (message.kind === 'configured') life?.awaited.clear();
    if (message.kind !== 'turn') return;
    for (const fact of message.facts) this.#hearFact(life, fact);
  }

  #hearFact(life: Life | undefined, fact: HealthFact): void {
    if (fact.kind === 'saved') {
      const news: SavedPools = JSON.parse(JSON.stringify(fact.pools));
      const heard = this.#parts.withoutAwaited(news, life?.awaited ?? new Set());
      this.#saved = this.#parts.mergeSaved(this.#saved, heard);
    }
    if (fact.kind !== 'run-script') return;
    const subject = fact.command.argv.join(' ');
    this.#later(this.#latency(), () => {
      if (life?.isAlive !== false)
        (life ?? this.#life)?.worker.receive({
          kind: 'script-finished',
          run: fact.run,
          outcome: outcomeOf(this.#story, subject),
        });
    });
  }

  readonly #latency = (): Micros => millis(this.#random.pick([0, 1, 5, 50, 90]));

  #startCheck(life: Life | undefined, { what }: CheckEffect, done: Done): { cancel(): void } {
    const subject = 'target' in what ? `${what.kind} ${what.target.address}:${what.target.port}` : '';
    return {
      cancel: this.#later(this.#latency(), () => {
        if (life?.isAlive === true) done(resultOf(this.#story, subject));
      }),
    };
  }

  #ports(life: () => Life | undefined): Ports {
    return {
      clock: { now: () => this.#now },
      random: seededRandom(this.#random.whole(1, 1e9)),
      openTimer: (onExpire) => {
        this.#onExpire = onExpire;
        return {
          arm: (at) => {
            const own = life();
            if (own?.isAlive === true) own.timerAt = at;
          },
          disarm: () => {
            const own = life();
            if (own !== undefined) own.timerAt = undefined;
          },
          close: () => {
            const own = life();
            if (own !== undefined) own.timerAt = undefined;
          },
        };
      },
      // Other things may come before.
      soon: (then) => {
        const run = (): void => {
          if (life()?.isAlive !== false) then();
        };
        if (this.#random.chance(0.5)) queueMicrotask(run);
        else this.#later(this.#latency(), run);
      },
      startCheck: (effect, _of, done) => this.#startCheck(life(), effect, done),
      openIpvs: async () =>
        ok(
          this.#parts.ipvsClient(
            mortal(
              this.#kernel.connect(),
              life,
              (dead) => this.#dies(dead),
              () => this.#look(),
            ),
          ),
        ),
      modprobe: '/sbin/modprobe',
      watchAddresses: async () => ok({ holds: () => true }),
      parent: {
        send: (message, onWritten) => {
          this.#hear(life(), message);
          queueMicrotask(onWritten);
        },
      },
      process: {
        setTitle: () => undefined,
        setScheduling: () => undefined,
        optimize: () => undefined,
        exit: () => undefined,
      },
      mostInFlight: 1000,
    };
  }
}

/** A socket whose process may die between two requests. */
function mortal(
  socket: IpvsTransport,
  life: () => Life | undefined,
  onDeath: (life: Life) => void,
  onDone: () => void,
): IpvsTransport {
  const forEver = new Promise<never>(() => undefined);
  const spend = (count: number): number => {
    const own = life();
    if (own === undefined) return count;
    if (!own.isAlive) return 0;
    const taken = Math.min(count, own.requests);
    own.requests -= taken;
    if (taken < count) onDeath(own);
    return taken;
  };
  return {
    capacity: socket.capacity,
    async request(requests) {
      const taken = spend(requests.length);
      const answers: Answer[] = [];
      for (const each of requests.slice(0, taken)) {
        answers.push(...(await socket.request([each])));
        onDone();
      }
      return taken < requests.length ? forEver : answers;
    },
    dump: (request) => (spend(1) === 1 ? socket.dump(request) : forEver),
    close: () => socket.close(),
  };
}

const servedIn = (table: Table): readonly string[] =>
  [...table].flatMap(([name, pool]) => (serves(pool) ? [name] : []));

function serves({ servers }: Pool): boolean {
  for (const { weight } of servers.values()) if (weight > 0) return true;
  return false;
}

function virtualServersOf(text: string): readonly VirtualServer[] {
  const files = memoryFiles({ '/story.conf': text, '/bin/backend': { content: '', mode: 0o755 } });
  const { config, diagnostics } = parseConfig({ path: '/story.conf', configId: 'story', files });
  const [wrong] = diagnostics.filter(({ reload }) => reload !== 'apply');
  if (wrong !== undefined)
    throw new TypeError(`the story's file is wrong: ${JSON.stringify(wrong)}\n${text}`);
  return config.virtualServers;
}

function resultOf(story: Story, subject: string): CheckResult {
  return story.backend(subject) === 'down' ? { kind: 'failure', reason: 'refused' } : { kind: 'success' };
}

function outcomeOf(story: Story, subject: string): ScriptOutcome {
  const is = story.backend(subject);
  if (is === 'down') return { kind: 'exited', status: 1 };
  return { kind: 'exited', status: is === 'up' ? 0 : is + 2 };
}

/** Until all that follows without time has followed. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
