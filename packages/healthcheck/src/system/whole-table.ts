import type { HealthConfig } from '@holdfast/config';
import {
  failureText,
  type Ipvs,
  type IpvsFailure,
  type SyncDaemon,
  type SyncRole,
  type Timeouts,
} from '@holdfast/ipvs-netlink';
import type { Result } from '@holdfast/kit';
import type { HealthLogRecord } from '../logic/types.ts';
import { differentDaemons, wantedDaemons } from './sync-daemons.ts';
import type { OpenIpvs } from './table-keeper.ts';

/** What concerns the kernel's IPVS as a whole: `lvs_flush`, `lvs_timeouts`, `lvs_sync_daemon`. */
export interface WholeTable {
  /** A predecessor has set timeouts: these were there before. */
  resume(timeoutsBefore: Timeouts): void;
  /** What should be from now on; nothing is carried out before `settle`. */
  configure(health: HealthConfig | undefined): void;
  /** The role of the instance that `lvs_sync_daemon` names. */
  follow(role: SyncRole): void;
  /** Brings the kernel there, and there again where somebody has changed it. */
  settle(): Promise<void>;
  /** Gives back what was taken: the timeouts of before, no sync daemon; with `lvs_flush_on_stop` no service either. */
  release(): Promise<void>;
  close(): void;
}

/**
 * @param report is told once per change
 * @param replacing is told the timeouts of before, before ours replace them
 */
export function wholeTable(
  openIpvs: OpenIpvs,
  report: (record: HealthLogRecord) => void,
  replacing: (timeoutsBefore: Timeouts) => void = () => undefined,
): WholeTable {
  return new Settings(openIpvs, report, replacing);
}

class Settings implements WholeTable {
  readonly #openIpvs: OpenIpvs;
  readonly #report: (record: HealthLogRecord) => void;
  readonly #replacing: (timeoutsBefore: Timeouts) => void;
  #ipvs: Ipvs | undefined;
  #health: HealthConfig | undefined;
  #role: SyncRole = 'backup';
  /** The timeouts that were there before ours, and what was set of ours. */
  #original: Timeouts | undefined;
  #set: HealthConfig['timeouts'];
  /** Roles in which a daemon of ours runs. */
  readonly #ours = new Set<SyncRole>();
  #said: ReadonlySet<string> = new Set();
  #failures: string[] = [];
  #work: Promise<void> = Promise.resolve();

  constructor(
    openIpvs: OpenIpvs,
    report: (record: HealthLogRecord) => void,
    replacing: (timeoutsBefore: Timeouts) => void,
  ) {
    this.#openIpvs = openIpvs;
    this.#report = report;
    this.#replacing = replacing;
  }

  resume(timeoutsBefore: Timeouts): void {
    if (this.#original !== undefined) return;
    this.#original = timeoutsBefore;
    // Whatever those are that it has set: they are to be replaced, or given back.
    this.#set = {};
  }

  configure(health: HealthConfig | undefined): void {
    this.#health = health;
  }

  follow(role: SyncRole): void {
    this.#role = role;
  }

  settle(): Promise<void> {
    this.#work = this.#work.then(() => this.#carryOut(this.#health));
    return this.#work;
  }

  async release(): Promise<void> {
    const flush = this.#health?.flushAtStop === true;
    this.#health = undefined;
    await this.settle();
    if (!flush) return;
    const ipvs = await this.#open();
    if (ipvs !== undefined) this.#note(await ipvs.flush());
    this.#tell();
  }

  close(): void {
    this.#ipvs?.close();
    this.#ipvs = undefined;
  }

  async #carryOut(health: HealthConfig | undefined): Promise<void> {
    const isIdle = health?.timeouts === undefined && health?.syncDaemon === undefined;
    if (isIdle && this.#original === undefined && this.#ours.size === 0) return;
    const ipvs = await this.#open();
    // The keeper of the table says why there is none.
    if (ipvs === undefined) return;
    this.#failures = [];
    if (this.#set !== health?.timeouts) await this.#setTimeouts(ipvs, health?.timeouts);
    await this.#setDaemons(ipvs, health);
    this.#tell();
  }

  async #setTimeouts(ipvs: Ipvs, wanted: HealthConfig['timeouts']): Promise<void> {
    if (this.#original === undefined) {
      const read = await ipvs.timeouts();
      if (!read.ok) return void this.#note(read);
      this.#original = read.value;
      this.#replacing(read.value);
    }
    if (!this.#note(await ipvs.setTimeouts({ ...this.#original, ...wanted }))) return;
    this.#set = wanted;
    // Given back: from now on they are somebody else's affair.
    if (wanted === undefined) this.#original = undefined;
  }

  async #setDaemons(ipvs: Ipvs, health: HealthConfig | undefined): Promise<void> {
    if (health?.syncDaemon === undefined && this.#ours.size === 0) return;
    const running = await ipvs.daemons();
    if (!running.ok) return void this.#note(running);
    const wanted = wantedDaemons(health?.syncDaemon, this.#role);
    const { stop, start } = differentDaemons(running.value, wanted, this.#ours);
    for (const role of stop) if (this.#note(await ipvs.stopDaemon(role))) this.#ours.delete(role);
    for (const daemon of start) await this.#start(ipvs, daemon);
    for (const { role } of wanted) this.#ours.add(role);
  }

  async #start(ipvs: Ipvs, daemon: SyncDaemon): Promise<void> {
    if (!this.#note(await ipvs.startDaemon(daemon))) return;
    this.#report({
      id: 'sync-daemon',
      level: 'info',
      text: `IPVS: the ${daemon.role} sync daemon runs on ${daemon.interface}, sync id ${daemon.syncId}`,
    });
  }

  async #open(): Promise<Ipvs | undefined> {
    if (this.#ipvs !== undefined) return this.#ipvs;
    const opened = await this.#openIpvs();
    if (opened.ok) this.#ipvs = opened.value;
    return this.#ipvs;
  }

  /** @returns whether it went well */
  #note(result: Result<unknown, IpvsFailure>): boolean {
    if (!result.ok) this.#failures.push(failureText(result.error));
    return result.ok;
  }

  #tell(): void {
    for (const text of this.#failures)
      if (!this.#said.has(text)) this.#report({ id: 'ipvs-refused', level: 'error', text: `IPVS: ${text}` });
    this.#said = new Set(this.#failures);
  }
}
