import type { GlobalConfig, HealthConfig, VirtualServer } from '@holdfast/config';
import { fakeKernel, ipvsClient, type ServiceKey, serverId } from '@holdfast/ipvs-netlink';
import {
  address,
  fail,
  type IpAddress,
  type Micros,
  micros,
  ok,
  plus,
  seconds,
  seededRandom,
} from '@holdfast/kit';
import type { Done } from '../../src/checkers/types.ts';
import type { FromHealthcheck, HealthFact, HealthOptions, ToHealthcheck } from '../../src/ipc.ts';
import { mergeSaved, nothingSaved } from '../../src/logic/merge-saved.ts';
import type { CheckResult, SavedPools } from '../../src/logic/types.ts';
import { packServers } from '../../src/pack-servers.ts';
import type { CheckEffect, Ports } from '../../src/system/ports.ts';
import { openWorker, type Worker } from '../../src/system/worker-loop.ts';

/** A machine with an IPVS table, where checks end as a test says. */
export class FakeWorld {
  readonly kernel: ReturnType<typeof fakeKernel>;
  now: Micros = micros(50_000_000);
  /** Checks under way, by the real server's key. */
  title: string = '';
  readonly scheduling: object[] = [];
  mayBeScheduled: boolean = true;
  readonly checks = new Map<string, { readonly effect: CheckEffect; readonly done: Done }>();
  cancelled = 0;
  readonly messages: FromHealthcheck[] = [];
  hasIpvs: boolean = true;
  /** `modprobe ip_vs` finds it. */
  hasModule: boolean = false;
  readonly modules: string[] = [];
  answersModprobe: boolean = true;
  #worker: Worker | undefined;
  readonly addresses = new Set<IpAddress>();
  addressesChanged: () => void = () => undefined;
  exitCode: number | undefined;
  /** The servers in the kernel when the optimizing compiler was turned on. */
  optimizedWith: readonly string[] | undefined;
  mostInFlight = 1000;
  /** When a turn ends that has begun. */
  soon: Ports['soon'] = queueMicrotask;
  opened = 0;
  #timerAt: Micros | undefined;
  #onExpire: () => void = () => undefined;

  constructor(kernel: ReturnType<typeof fakeKernel> = fakeKernel()) {
    this.kernel = kernel;
  }

  get timerAt(): Micros | undefined {
    return this.#timerAt;
  }

  get facts(): readonly HealthFact[] {
    return this.messages.flatMap((message) => (message.kind === 'turn' ? message.facts : []));
  }

  get sentences(): readonly string[] {
    return this.facts.flatMap((fact) => (fact.kind === 'log' ? [fact.record.text] : []));
  }

  /** What core would give to a successor. */
  get saved(): SavedPools {
    return this.facts.reduce(
      (before, fact) => (fact.kind === 'saved' ? mergeSaved(before, fact.pools) : before),
      nothingSaved,
    );
  }

  /** Servers of a service with their weights, `10.9.1.1:80=1`; undefined: no such service. */
  servers(key: ServiceKey = web): readonly string[] | undefined {
    const pool = [...this.kernel.table.values()].find(({ service }) => sameKey(service.key, key));
    return (
      pool &&
      [...pool.servers.values()]
        .map((server) => `${serverId(server)}=${server.weight}`)
        .sort((a, b) => a.localeCompare(b))
    );
  }

  worker(): Worker {
    this.#worker = openWorker(this.#ports(), 4711);
    return this.#worker;
  }

  /** Time passes, and with it every deadline by then. */
  async pass(length: Micros): Promise<void> {
    const end = plus(this.now, length);
    while (this.#timerAt !== undefined && this.#timerAt <= end) {
      this.now = micros(Math.max(this.#timerAt, this.now));
      this.#timerAt = undefined;
      this.#onExpire();
      await settled();
    }
    this.now = end;
  }

  /** Every check under way ends so. */
  async finish(resultOf: (server: string) => CheckResult): Promise<void> {
    for (const [id, { effect, done }] of [...this.checks]) {
      this.checks.delete(id);
      done(resultOf('target' in effect.what ? id : ''));
    }
    await settled();
  }

  /** Core, as far as modprobe goes. */
  #load(message: FromHealthcheck): void {
    for (const fact of message.kind === 'turn' ? message.facts : []) {
      if (fact.kind !== 'run-script' || fact.command.argv[0] !== '/sbin/modprobe') continue;
      this.modules.push(fact.command.argv.slice(1).join(' '));
      this.hasIpvs ||= this.hasModule;
      const outcome = { kind: 'exited', status: this.hasModule ? 0 : 1 } as const;
      if (this.answersModprobe)
        queueMicrotask(() => this.#worker?.receive({ kind: 'script-finished', run: fact.run, outcome }));
    }
  }

  #ports(): Ports {
    return {
      clock: { now: () => this.now },
      random: seededRandom(7),
      openTimer: (onExpire) => {
        this.#onExpire = onExpire;
        return {
          arm: (at) => {
            this.#timerAt = at;
          },
          disarm: () => {
            this.#timerAt = undefined;
          },
          close: () => {
            this.#timerAt = undefined;
          },
        };
      },
      soon: (then) => this.soon(then),
      startCheck: (effect, of, done) => {
        const id = of.realServers[effect.server]?.key ?? '';
        this.checks.set(id, { effect, done });
        return {
          cancel: () => {
            this.cancelled++;
            this.checks.delete(id);
          },
        };
      },
      openIpvs: async () => {
        this.opened++;
        const failure = {
          asked: { kind: 'open' },
          request: 'cannot open IPVS',
          code: 'ENOENT',
          errno: 2,
          reason: 'this kernel has no IPVS',
          remedy: 'run modprobe ip_vs',
        } as const;
        return this.hasIpvs ? ok(ipvsClient(this.kernel.connect())) : fail(failure);
      },
      modprobe: '/sbin/modprobe',
      watchAddresses: async (onChange) => {
        this.addressesChanged = onChange;
        return ok({ holds: (wanted) => this.addresses.has(wanted) });
      },
      parent: {
        send: (message, onWritten) => {
          this.messages.push(message);
          this.#load(message);
          queueMicrotask(onWritten);
        },
      },
      process: {
        setTitle: (title) => {
          this.title = title;
        },
        setScheduling: (scheduling) => {
          this.scheduling.push(scheduling);
          return this.mayBeScheduled ? undefined : { what: 'set SCHED_RR', code: 'EPERM' };
        },
        optimize: () => {
          this.optimizedWith ??= this.servers() ?? [];
        },
        exit: (code) => {
          this.exitCode ??= code;
        },
      },
      mostInFlight: this.mostInFlight,
    };
  }
}

export const web: ServiceKey = { kind: 'address', protocol: 'tcp', address: address('10.9.0.100'), port: 80 };
/** `global_defs` that say nothing of checkers. */
export const noHealth: HealthConfig = {
  processName: undefined,
  nice: undefined,
  realtimePriority: undefined,
  flushAtStart: false,
  flushAtStop: false,
  timeouts: undefined,
  syncDaemon: undefined,
};

export const good = (): CheckResult => ({ kind: 'success' });
export const bad = (): CheckResult => ({ kind: 'failure', reason: 'on purpose' });

export function configure(
  virtualServers: readonly VirtualServer[],
  more: {
    readonly reason?: 'start' | 'reload';
    readonly saved?: SavedPools;
    readonly options?: Partial<HealthOptions>;
    readonly global?: Partial<GlobalConfig>;
  } = {},
): Extract<ToHealthcheck, { kind: 'configure' }> {
  return {
    kind: 'configure',
    reason: more.reason ?? 'start',
    slice: { global: globalWith(more.global), virtualServers: packServers(virtualServers) },
    options: { dontReleaseIpvs: false, logDetail: false, ...more.options },
    saved: more.saved,
  };
}

/** Until all that follows without time or the world has followed. */
export const settled = async (): Promise<void> => {
  for (let i = 0; i < 500; i++) await Promise.resolve();
};

const globalWith = (more: Partial<GlobalConfig> = {}): GlobalConfig => ({
  routerId: undefined,
  enableScriptSecurity: false,
  scriptUser: undefined,
  dynamicInterfaces: true,
  vrrpStartupDelay: micros(0),
  vrrpRealtimePriority: undefined,
  vrrpNice: undefined,
  childWaitTime: seconds(5),
  processNames: {},
  logUnknownVrids: false,
  reloadCheckConfig: false,
  vrrpSocket: 'native',
  garpInterval: micros(0),
  ...more,
});

const sameKey = (a: ServiceKey, b: ServiceKey): boolean => JSON.stringify(a) === JSON.stringify(b);
