import type { HealthConfig, VirtualServer } from '@holdfast/config';
import type { SyncRole } from '@holdfast/ipvs-netlink';
import { deadlineHeap, type Micros, micros, millis, plus, unreachable } from '@holdfast/kit';
import type { Change, Configure, PoolWishes, ToHealthcheck } from '../ipc.ts';
import { adoptedTable } from '../logic/adopted-table.ts';
import { desiredPools } from '../logic/desired-pools.ts';
import { nothingSaved } from '../logic/merge-saved.ts';
import { messages } from '../logic/messages.ts';
import type {
  CheckResult,
  HealthEffect,
  HealthEvent,
  HealthLogRecord,
  SavedPool,
  ServerWish,
  VirtualServerState,
} from '../logic/types.ts';
import { initialState, nextDeadline, step } from '../logic/virtual-server.ts';
import { type CheckDesk, checkDesk } from './check-desk.ts';
import { checkId, type Entry } from './entry.ts';
import { lookInterval } from './look-interval.ts';
import { type MachineAddresses, machineAddresses } from './machine-addresses.ts';
import { loadModule, openEmptied, openLoading } from './open-ipvs.ts';
import type { Outbox } from './outbox.ts';
import type { CheckEffect, Ports, Timer } from './ports.ts';
import { type SavedDesk, savedDesk } from './saved-desk.ts';
import { asAtStart } from './saved-news.ts';
import { type ScriptRuns, scriptRuns } from './script-runs.ts';
import { type StatisticsDesk, statisticsDesk } from './statistics-desk.ts';
import { type TableKeeper, tableKeeper } from './table-keeper.ts';
import { type WholeTable, wholeTable } from './whole-table.ts';

/** Checks that are due within this time are served together: halves what they cost. */
const tick = millis(10);

/** Joins the virtual servers' logic to time, checks and the kernel's table. */
export class Director {
  readonly #ports: Ports;
  readonly #outbox: Outbox;
  readonly #saved: SavedDesk;
  readonly #timer: Timer;
  readonly #desk: CheckDesk;
  readonly #scripts: ScriptRuns;
  readonly #keeper: TableKeeper;
  readonly #statistics: StatisticsDesk;
  readonly #whole: WholeTable;
  /** `lvs_flush` has not been carried out yet. */
  readonly #pending = { flush: false };
  readonly #entries = new Map<string, Entry>();
  readonly #deadlines = deadlineHeap<string>();
  readonly #toPlan = new Set<Entry>();
  #wishes: PoolWishes = {};
  #addresses: MachineAddresses | undefined;
  #lookAt: Micros | undefined;
  #turnIsComing: boolean = false;
  #stopped: boolean = false;
  /** Nothing was ever configured, and nobody was before: core knows of no server yet. */
  #hasNoPast: boolean = true;
  #isYoung: boolean = false;

  constructor(ports: Ports, outbox: Outbox) {
    this.#ports = ports;
    this.#outbox = outbox;
    this.#saved = savedDesk(outbox);
    this.#statistics = statisticsDesk(outbox);
    this.#timer = ports.openTimer(() => this.#timerExpired());
    this.#desk = checkDesk(ports.mostInFlight);
    this.#scripts = scriptRuns(outbox);
    const report = (record: HealthLogRecord): void => this.#report(record);
    const openIpvs = openLoading(ports.openIpvs, () => loadModule(this.#scripts, ports.modprobe));
    this.#keeper = tableKeeper(openEmptied(openIpvs, this.#pending), report);
    this.#whole = wholeTable(ports.openIpvs, report, (timeoutsBefore) => {
      outbox.saved({ ...nothingSaved, timeoutsBefore });
      outbox.flush();
    });
  }

  get entries(): readonly { readonly config: VirtualServer; readonly state: VirtualServerState }[] {
    return [...this.#entries.values()];
  }

  /** The first configuration, or another one: what is the same goes on undisturbed. */
  configure({ slice, saved, wishes = {} }: Configure): void {
    this.#wishes = wishes;
    const now = this.#ports.clock.now();
    const configs = new Map(slice.virtualServers.map((config) => [config.key, config]));
    for (const [key, entry] of [...this.#entries]) if (!configs.has(key)) this.#remove(entry, now);
    const isFirst = this.#entries.size === 0;
    this.#isYoung = this.#hasNoPast && saved === undefined;
    this.#hasNoPast = false;
    this.#pending.flush ||= this.#isYoung && slice.global.health?.flushAtStart === true;
    this.#limit(slice.global.health);
    const before = new Map(saved?.pools.map((pool) => [pool.key, pool]));
    for (const config of configs.values()) this.#take(config, before.get(config.key), now);
    if (isFirst && saved !== undefined) this.#keeper.adopt(adoptedTable(saved, this.entries));
    if (saved?.timeoutsBefore !== undefined) this.#whole.resume(saved.timeoutsBefore);
    this.#configured(slice.virtualServers, now);
  }

  #limit(health: HealthConfig | undefined): void {
    this.#desk.limit(Math.min(this.#ports.mostInFlight, health?.mostInFlight ?? Infinity));
    this.#whole.configure(health);
  }

  /** A few virtual servers of another file: the others are not touched. */
  change({ global, changed, gone }: Change): void {
    this.#limit(global.health);
    const now = this.#ports.clock.now();
    for (const key of gone) {
      const entry = this.#entries.get(key);
      if (entry !== undefined) this.#remove(entry, now);
    }
    for (const config of changed) this.#take(config, undefined, now);
    this.#configured(changed, now);
  }

  #configured(configs: readonly VirtualServer[], now: Micros): void {
    this.#lookAt = now;
    this.#endTurn();
    this.#isYoung = false;
    if (this.#addresses === undefined && configs.some(({ haSuspend }) => haSuspend)) this.#watchAddresses();
  }

  /** The instance that `lvs_sync_daemon` names has another role. */
  follow(role: SyncRole): void {
    this.#whole.follow(role);
    this.#settle(true);
  }

  scriptFinished(message: Extract<ToHealthcheck, { kind: 'script-finished' }>): void {
    this.#scripts.finished(message);
  }

  /** An operator drains, disables, weighs or enables servers. */
  wish(wishes: PoolWishes): void {
    this.#wishes = wishes;
    const now = this.#ports.clock.now();
    for (const entry of this.#entries.values())
      this.#step(entry, { kind: 'wishes', wishes: this.#wishesFor(entry) }, now);
    this.#endTurn();
  }

  /** Answers when the kernel has told its counters, without them where it cannot. */
  tellStatistics(query: number): void {
    this.#statistics.tell(query, this.entries, this.#keeper.ipvs);
  }

  /** Ends every check and says what `omega` says; then takes the table away unless it is to stay. */
  async stop(keepTable: boolean): Promise<void> {
    this.#stopped = true;
    const now = this.#ports.clock.now();
    for (const entry of this.#entries.values()) this.#step(entry, { kind: 'stop', deleted: false }, now);
    this.#ceaseChecks();
    if (!keepTable) {
      await this.#keeper.release();
      await this.#whole.release();
    }
    this.#whole.close();
    this.#outbox.flush();
    this.#keeper.close();
  }

  /** A successor is about to go on: the table stays, and nothing is said. */
  async leave(): Promise<void> {
    this.#ceaseChecks();
    this.#whole.close();
    this.#keeper.close();
  }

  #ceaseChecks(): void {
    this.#stopped = true;
    this.#desk.cancelAll();
    this.#scripts.cancelAll();
    this.#timer.close();
    // With the scripts that are called for it.
    this.#saved.tell([...this.#toPlan]);
    this.#outbox.flush();
  }

  #take(config: VirtualServer, saved: SavedPool | undefined, now: Micros): void {
    const known = this.#entries.get(config.key);
    const chance = this.#chances(config);
    if (known === undefined) {
      const entry: Entry = { config, state: initialState, told: undefined };
      this.#entries.set(config.key, entry);
      this.#step(entry, { kind: 'start', saved, chance, wishes: this.#wishesFor(entry) }, now);
      if (this.#isYoung) entry.told = asAtStart(config, entry.state);
      this.#lookForAddress(entry, now);
    } else {
      const previous = known.config;
      known.config = config;
      known.told = undefined;
      this.#step(known, { kind: 'reload', previous, chance }, now);
      this.#step(known, { kind: 'wishes', wishes: this.#wishesFor(known) }, now);
      this.#lookForAddress(known, now);
    }
    const entry = this.#entries.get(config.key);
    if (entry !== undefined) this.#toPlan.add(entry);
  }

  #remove(entry: Entry, now: Micros): void {
    const { key } = entry.config;
    this.#step(entry, { kind: 'stop', deleted: true }, now);
    this.#entries.delete(key);
    this.#deadlines.set(key, undefined);
    this.#toPlan.delete(entry);
    this.#saved.forget(entry);
    this.#keeper.desire(key, new Map());
  }

  #timerExpired(): void {
    const now = this.#ports.clock.now();
    for (const key of this.#deadlines.takeDue(now)) {
      const entry = this.#entries.get(key);
      if (entry !== undefined) this.#step(entry, { kind: 'deadline' }, now);
    }
    this.#endTurn();
  }

  #step(entry: Entry, event: HealthEvent, now: Micros): void {
    const { state, effects } = step(entry.config, entry.state, event, now);
    entry.state = state;
    this.#saved.touch(entry);
    for (const effect of effects) this.#perform(entry, effect, now);
  }

  #perform(entry: Entry, effect: HealthEffect, now: Micros): void {
    switch (effect.kind) {
      case 'check':
        this.#check(entry, effect);
        break;
      case 'cancel':
        this.#desk.cancel(checkId(entry, effect.run));
        this.#scripts.cancel(checkId(entry, effect.run));
        break;
      case 'plan':
        this.#toPlan.add(entry);
        break;
      case 'notify':
        this.#notify(effect.what === 'up' ? effect.server.notifyUp : effect.server.notifyDown);
        break;
      case 'notify-quorum':
        this.#notify(effect.what === 'up' ? entry.config.quorumUp : entry.config.quorumDown);
        break;
      case 'log':
        this.#log(effect.record, now);
        break;
      case 'activate':
        // Thousands of sentences at a start: they need not be made before the table stands.
        this.#outbox.logLater(
          () => effect.servers.map((server) => messages.activating(entry.config, server)),
          now,
        );
        break;
      default:
        unreachable(effect);
    }
  }

  #wishesFor({ config }: Entry): readonly ServerWish[] {
    return this.#wishes[config.key] ?? [];
  }

  #notify(command: VirtualServer['quorumUp']): void {
    if (command !== undefined) this.#outbox.fact({ kind: 'notify', command, extra: [] });
  }

  #check(entry: Entry, effect: CheckEffect): void {
    const id = checkId(entry, effect.run);
    const done = (result: CheckResult): void => this.#finished(entry, effect, result);
    if (effect.what.kind === 'MISC_CHECK') this.#scripts.begin(id, effect, done);
    else this.#desk.begin(id, (ended) => this.#ports.startCheck(effect, entry.config, ended), done);
  }

  #finished(entry: Entry, effect: CheckEffect, result: CheckResult): void {
    if (this.#stopped || this.#entries.get(entry.config.key) !== entry) return;
    const { run, server } = effect;
    this.#step(entry, { kind: 'finished', run, server, result }, this.#ports.clock.now());
    this.#endTurnSoon();
  }

  #watchAddresses(): void {
    this.#addresses = machineAddresses(
      this.#ports.watchAddresses,
      () => {
        const now = this.#ports.clock.now();
        for (const entry of this.#entries.values()) this.#lookForAddress(entry, now);
        this.#endTurnSoon();
      },
      (record) => this.#report(record),
    );
  }

  #lookForAddress(entry: Entry, now: Micros): void {
    const { haSuspend, services } = entry.config;
    const addresses = this.#addresses?.known();
    if (!haSuspend || addresses === undefined) return;
    const present = services.some((at) => at.kind === 'address' && addresses.holds(at.address));
    if (present === entry.state.suspended) this.#step(entry, { kind: 'address-present', present }, now);
  }

  #report(record: HealthLogRecord): void {
    this.#log(record);
    this.#endTurnSoon();
  }

  #endTurnSoon(): void {
    if (this.#turnIsComing) return;
    this.#turnIsComing = true;
    this.#ports.soon(() => {
      this.#turnIsComing = false;
      this.#endTurn();
    });
  }

  /** Core hears of a change before the kernel does: a successor must never believe more than there is. */
  #endTurn(): void {
    if (this.#stopped) {
      this.#outbox.flush();
      return;
    }
    const plans = [...this.#toPlan];
    for (const { config, state } of plans) this.#keeper.desire(config.key, desiredPools(config, state));
    this.#toPlan.clear();
    const now = this.#ports.clock.now();
    const isLookDue = this.#lookAt !== undefined && this.#lookAt <= now;
    this.#keepDeadlines();
    // At a first start states and thousands of lines of the log can wait for the table.
    if (this.#isYoung) this.#saved.tellFirst(plans, this.#keeper.keys);
    else this.#saved.tell(plans, isLookDue ? this.#keeper.keys : undefined);
    this.#outbox.flush(this.#isYoung ? 'saved' : 'everything');
    if (isLookDue) this.#lookAt = plus(now, lookInterval(this.entries, this.#keeper.isOpen));
    if (isLookDue || plans.length > 0) this.#settle(isLookDue);
    this.#arm();
  }

  /** Once a turn and not once a step: it looks at every checker. */
  #keepDeadlines(): void {
    for (const { config, state } of this.#saved.touched) this.#deadlines.set(config.key, nextDeadline(state));
  }

  #settle(look: boolean): void {
    const settled = this.#keeper.settle(look ? 'look' : 'changes');
    const done = settled
      .finally(() => this.#ports.process.optimize())
      .then(() => {
        this.#tellSettled();
        return look && !this.#stopped ? this.#whole.settle() : undefined;
      });
    // No socket, no addon: what it was is said, and the next look tries again.
    done.catch((error: unknown) =>
      this.#report({ id: 'ipvs-failed', level: 'error', text: `IPVS: ${String(error)}` }),
    );
  }

  #tellSettled(): void {
    this.#saved.tellHeld((entry) => !this.#toPlan.has(entry) && this.#keeper.holds(entry.config.key));
    // A turn that has begun says the rest at its end, with what is to be planned and its deadlines.
    if (this.#turnIsComing) return;
    // Of a first start nothing is told yet, with the scripts that are called for it: both go together.
    this.#saved.tell([]);
    this.#outbox.flush();
  }

  /** On a grid, so that what is due within one tick comes together. */
  #arm(): void {
    const next = [this.#deadlines.next(), this.#lookAt].flatMap((at) => at ?? []);
    if (next.length === 0) this.#timer.disarm();
    else this.#timer.arm(micros(Math.ceil(Math.min(...next) / tick) * tick));
  }

  #chances({ realServers }: VirtualServer): readonly number[] {
    return realServers.flatMap(({ checkers }) => checkers.map(() => this.#ports.random.fraction()));
  }

  #log(record: Parameters<Outbox['log']>[0], at = this.#ports.clock.now()): void {
    this.#outbox.log(record, at);
  }
}
