import { type Config, withoutSecrets } from '@holdfast/config';
import type { HealthFact, PoolWishes } from '@holdfast/healthcheck';
import { type Micros, millis, ok, type Result, seconds } from '@holdfast/kit';
import type { InstanceStatistics, VrrpFact } from '@holdfast/vrrp';
import type { Orders } from '../restart/decision.ts';
import type { HealthcheckSupervisor } from '../supervisor/healthcheck-supervisor.ts';
import type { VrrpSupervisor } from '../supervisor/vrrp-ports.ts';
import { version } from '../version.ts';
import type {
  Configuration,
  HandoverAnswer,
  Instance,
  ServerAnswer,
  ServerOrder,
  Status,
  Why,
} from './api/index.ts';
import type { EventRing } from './event-ring.ts';
import { type Facts, factStore } from './facts.ts';
import { instanceJoiner, knownPools } from './known.ts';
import { findByName, type NotFound } from './names.ts';
import { handOver, type OrderPorts, orderServer } from './orders.ts';
import { type Question, question } from './question.ts';
import { type BothClocks, momentOf } from './view/clock.ts';
import { instanceView, type KnownInstance, whyView } from './view/instance.ts';
import { type KnownWorker, type LastReload, statusView } from './view/status.ts';
import { type Wishes, wishStore } from './wishes.ts';

/** What the desk needs of the daemon. */
export interface DeskPorts {
  readonly configurationFile: string;
  /** How a reload reads that file. */
  readonly readAs: Omit<Configuration, 'version' | 'configurationFile' | 'configuration'>;
  /** What operators had ordered before a restart. */
  readonly inherited?: Orders | undefined;
  readonly events: EventRing;
  readonly now: () => Micros;
  /** Milliseconds since 1970. */
  readonly wallNow: () => number;
  readonly later: (delay: Micros, run: () => void) => () => void;
  readonly config: () => Config;
  readonly vrrp: () => Pick<VrrpSupervisor, 'inUse' | 'pid' | 'tell' | 'saved'>;
  readonly healthcheck: () => Pick<HealthcheckSupervisor, 'inUse' | 'pid' | 'tell' | 'saved'>;
}

type VrrpNews = Extract<VrrpFact, { kind: 'status' | 'transition' | 'statistics' }>;
type HealthNews = Extract<HealthFact, { kind: 'statistics' }>;
type HealthAnswer = Pick<HealthNews, 'pools' | 'hasTable'>;

/** Knows what operators ask for, and holds what they have ordered. */
export interface Desk {
  noteVrrp(news: VrrpNews): void;
  noteHealth(news: HealthNews): void;
  /** A reload has ended; what is no longer configured is forgotten. */
  reloaded(verdict: string): void;
  readonly handedOver: readonly string[];
  readonly wishes: PoolWishes;
  status(): Promise<Status>;
  /** What is in force, without its secrets. */
  configuration(): Configuration;
  instance(name: string): Promise<Result<Instance, NotFound>>;
  why(name: string): Promise<Result<Why, NotFound>>;
  handOver(instance: string, on: boolean): Promise<Result<HandoverAnswer, NotFound>>;
  orderServer(order: ServerOrder): Promise<Result<ServerAnswer, NotFound>>;
}

/** A worker that is asked has this long to answer; then the status goes without it. */
const patience = millis(250);
/** However many ask, a worker is asked this often at most. */
const freshness = seconds(0.5);
/** What changes with every packet may be this old, where a worker is slow to tell. */
const staleness = seconds(5);
/** An order that was told is carried out within this, or the answer says that it is only noted. */
const orderPatience = seconds(1);

export function controlDesk(ports: DeskPorts): Desk {
  const desk = {
    ports,
    facts: factStore(),
    wishes: wishStore(ports.inherited),
    startedAt: ports.now(),
    vrrp: question<readonly InstanceStatistics[]>({
      ...ports,
      patience,
      freshness,
      staleness,
      ask: (query) => ports.vrrp().tell({ kind: 'statistics', query }),
    }),
    health: question<HealthAnswer>({
      ...ports,
      patience,
      freshness,
      staleness,
      ask: (query) => ports.healthcheck().tell({ kind: 'statistics', query }),
    }),
  };
  let lastReload: LastReload | undefined;
  return {
    noteVrrp: (news) => noteVrrp(desk, news),
    noteHealth: ({ query, ...answer }) => desk.health.answered(query, answer),
    reloaded(verdict) {
      const applied = !verdict.startsWith('Reload refused');
      lastReload = { at: ports.now(), applied, text: applied ? 'applied' : verdict };
      const config = ports.config();
      desk.facts.keepOnly(config.vrrpInstances.map(({ name }) => name));
      desk.wishes.keepOnly(config);
    },
    get handedOver() {
      return desk.wishes.handedOver;
    },
    get wishes() {
      return desk.wishes.pools;
    },
    status: () => status(desk, lastReload),
    configuration: () => inForce(ports),
    instance: (name) => about(desk, name, instanceView),
    why: (name) => about(desk, name, whyView),
    handOver: (instance, on) => handOver(orderPorts(desk), instance, on),
    orderServer: (order) => orderServer(orderPorts(desk), order),
  };
}

const inForce = ({ configurationFile, readAs, config }: DeskPorts): Configuration => ({
  version,
  configurationFile,
  ...readAs,
  configuration: { ...withoutSecrets(config()) },
});

interface Inside {
  readonly ports: DeskPorts;
  readonly facts: Facts;
  readonly wishes: Wishes;
  readonly startedAt: Micros;
  readonly vrrp: Question<readonly InstanceStatistics[]>;
  readonly health: Question<HealthAnswer>;
}

function noteVrrp({ ports, facts, vrrp }: Inside, news: VrrpNews): void {
  if (news.kind === 'statistics') {
    vrrp.answered(news.query, news.instances);
    return;
  }
  facts.note(news);
  if (news.kind === 'status') return;
  const { instance, at, from, to, cause } = news.transition;
  ports.events.add({
    at: Date.parse(momentOf(clocks(ports), at)),
    source: 'vrrp',
    level: 'notice',
    id: 'transition',
    text: `(${instance}) ${from.toUpperCase()} -> ${to.toUpperCase()}: ${cause.text}`,
    fields: { instance, from: from.toUpperCase(), to: to.toUpperCase(), cause: cause.kind },
  });
}

const clocks = ({ now, wallNow }: DeskPorts): BothClocks => ({ monotonic: now(), wall: wallNow() });

async function status(desk: Inside, lastReload: LastReload | undefined): Promise<Status> {
  const { ports, facts, wishes } = desk;
  const [supervisor, healthcheck] = [ports.vrrp(), ports.healthcheck()];
  const [instances, health] = await Promise.all([
    supervisor.inUse ? desk.vrrp.ask() : undefined,
    healthcheck.inUse ? desk.health.ask() : undefined,
  ]);
  const worker = (pid: number | undefined, answer: unknown): KnownWorker => ({
    pid,
    answered: answer !== undefined,
  });
  const config = ports.config();
  return statusView(
    {
      version,
      pid: process.pid,
      startedAt: desk.startedAt,
      configurationFile: ports.configurationFile,
      lastReload,
      vrrp: supervisor.inUse ? worker(supervisor.pid, instances) : undefined,
      healthcheck: healthcheck.inUse ? worker(healthcheck.pid, health) : undefined,
      instances: config.vrrpInstances.map(
        instanceJoiner({ facts, wishes, saved: supervisor.saved, statistics: instances }),
      ),
      pools: knownPools(config, healthcheck.saved, wishes, health?.pools),
      lacksTable: health?.hasTable === false,
    },
    clocks(ports),
  );
}

async function about<T>(
  desk: Inside,
  name: string,
  view: (known: KnownInstance, clocks: BothClocks) => T,
): Promise<Result<T, NotFound>> {
  const { ports, facts, wishes } = desk;
  const found = findByName('vrrp_instance', name, ports.config().vrrpInstances);
  if (!found.ok) return found;
  const statistics = await desk.vrrp.ask();
  const join = instanceJoiner({ facts, wishes, saved: ports.vrrp().saved, statistics });
  return ok(view(join(found.value), clocks(ports)));
}

function orderPorts(desk: Inside): OrderPorts {
  const { ports, facts, wishes } = desk;
  return {
    config: ports.config,
    facts,
    wishes,
    tellHandover: (instance, on) => ports.vrrp().tell({ kind: 'handover', instance, on }),
    lacksTable: async () => (await desk.health.ask())?.hasTable === false,
    tellWishes: () => ports.healthcheck().tell({ kind: 'wishes', wishes: wishes.pools }),
    settled: (instance, holds) =>
      new Promise((resolve) => {
        const giveUp = facts.when(instance, holds, () => {
          cancel();
          resolve(true);
        });
        const cancel = ports.later(orderPatience, () => {
          giveUp();
          resolve(false);
        });
      }),
  };
}
