import {
  apply,
  type Change,
  failureText,
  type Ipvs,
  type IpvsFailure,
  type Plan,
  plan,
  planPool,
  recordPool,
  recordWritten,
  remarkText,
  type ServiceKey,
  serviceId,
  type Table,
} from '@holdfast/ipvs-netlink';
import type { Result } from '@holdfast/kit';
import type { HealthLogRecord } from '../logic/types.ts';
import { desiredTable } from './desired-table.ts';
import { refusals } from './refusals.ts';

/**
 * Keeps the kernel's table as desired. Changes of single virtual servers are planned by themselves against what was
 * seen; a look reads the whole table and plans everything. One thing is done at a time; what is wanted meanwhile waits.
 */
export interface TableKeeper {
  /** What should stand for a virtual server from now on; nothing is carried out before `settle`. */
  desire(owner: string, pools: Table): void;
  /** What a predecessor has written: taken for ours. Before the first `settle`. */
  adopt(written: Table): void;
  /** Carries out what is desired. With `look` the whole table is read and compared. */
  settle(look: 'look' | 'changes'): Promise<void>;
  /** Deletes every service that is ours. */
  release(): Promise<void>;
  /** Whether the kernel has taken all that is desired for a virtual server. */
  holds(owner: string): boolean;
  /** The services that are ours or are about to be. */
  readonly keys: readonly ServiceKey[];
  /** Whether the kernel's IPVS has been reached. */
  readonly isOpen: boolean;
  /** For questions that change nothing; `undefined` while it has not been reached. */
  readonly ipvs: Pick<Ipvs, 'servers'> | undefined;
  close(): void;
}

export type OpenIpvs = () => Promise<Result<Ipvs, IpvsFailure>>;

/** @param report is told once per change: what the kernel refuses, what others did to the table */
export function tableKeeper(openIpvs: OpenIpvs, report: (record: HealthLogRecord) => void): TableKeeper {
  return new Keeper(openIpvs, report);
}

/** Refusals that tell that the table is not what it was believed to be. */
const surprising: ReadonlySet<string> = new Set(['EEXIST', 'ESRCH', 'ENOENT']);

class Keeper implements TableKeeper {
  readonly #openIpvs: OpenIpvs;
  readonly #report: (record: HealthLogRecord) => void;
  #ipvs: Ipvs | undefined;
  readonly #wanted = desiredTable();
  #written: Table = new Map();
  /** The table as last read, with what was carried out since; `undefined`: it has to be read. */
  #seen: Table | undefined;
  /** The table as it was when a look found nothing to do and nothing to say. */
  #inOrder: Table | undefined;
  readonly #changed = new Set<string>();
  #lookWanted: boolean = false;
  #working: Promise<void> | undefined;
  /** Said at the last look and since: the same again is no news. */
  #said: ReadonlySet<string> = new Set();

  constructor(openIpvs: OpenIpvs, report: (record: HealthLogRecord) => void) {
    this.#openIpvs = openIpvs;
    this.#report = report;
  }

  get keys(): readonly ServiceKey[] {
    const pools = new Map([...this.#written, ...this.#wanted.table]);
    return [...pools.values()].map(({ service }) => service.key);
  }

  get ipvs(): Pick<Ipvs, 'servers'> | undefined {
    return this.#ipvs;
  }

  get isOpen(): boolean {
    return this.#ipvs !== undefined;
  }

  desire(owner: string, pools: Table): void {
    for (const id of this.#wanted.want(owner, pools)) this.#changed.add(id);
  }

  holds(owner: string): boolean {
    const desired = this.#wanted.table;
    // What is written without a refusal is remembered as the very thing that was desired.
    return this.#wanted.servicesOf(owner).every((id) => this.#written.get(id) === desired.get(id));
  }

  adopt(written: Table): void {
    this.#written = written;
  }

  settle(look: 'look' | 'changes'): Promise<void> {
    if (look === 'look') this.#lookWanted = true;
    this.#working ??= this.#work();
    return this.#working;
  }

  async release(): Promise<void> {
    this.#wanted.clear();
    for (const id of this.#written.keys()) this.#changed.add(id);
    await this.settle('changes');
    // What was under way when this was asked for may have written after it was counted.
    for (const id of this.#written.keys()) this.#changed.add(id);
    await this.settle('changes');
  }

  close(): void {
    this.#ipvs?.close();
    this.#ipvs = undefined;
  }

  /** Ends when nothing is wanted any more, or at a refusal that only time or an operator can mend. */
  async #work(): Promise<void> {
    try {
      // Not before the caller has noted that work is under way.
      await Promise.resolve();
      let hasCarriedOut = false;
      while (this.#lookWanted || this.#changed.size > 0) {
        const ipvs = this.#ipvs ?? (await this.#open());
        if (ipvs === undefined) return;
        // Changes of a reload wait for no look; a look waits for no more than one round of changes.
        const isLook: boolean =
          this.#seen === undefined || (this.#lookWanted && (this.#changed.size === 0 || hasCarriedOut));
        hasCarriedOut = !isLook;
        if (!(await (isLook ? this.#look(ipvs) : this.#carryOutChanges(ipvs)))) return;
      }
    } finally {
      // At once: what is wanted from now on starts new work.
      this.#working = undefined;
    }
  }

  async #open(): Promise<Ipvs | undefined> {
    const opened = await this.#openIpvs();
    if (!opened.ok) {
      this.#say('ipvs-missing', 'error', [failureText(opened.error)]);
      return undefined;
    }
    this.#ipvs = opened.value;
    return opened.value;
  }

  /** @returns whether the table could be read */
  async #look(ipvs: Ipvs): Promise<boolean> {
    this.#lookWanted = false;
    const reading = await ipvs.table(this.#seen);
    if (!reading.ok) {
      this.#say('ipvs-unreadable', 'error', [failureText(reading.error)]);
      return false;
    }
    const seen = reading.value.table;
    // Nothing was wanted of the kernel since, and it has what it had.
    if (seen === this.#inOrder && this.#changed.size === 0) {
      this.#said = new Set();
      return true;
    }
    this.#changed.clear();
    const desired = new Map(this.#wanted.table);
    const planned = plan(desired, seen, this.#written);
    const failed = await this.#perform(ipvs, planned, seen, new Set());
    this.#written = recordWritten(desired, this.#written, failed);
    this.#inOrder = planned.changes.length + planned.remarks.length === 0 ? this.#seen : undefined;
    return true;
  }

  /** @returns true: what failed is tried again at the next look, which is now where the table was not as believed */
  async #carryOutChanges(ipvs: Ipvs): Promise<boolean> {
    const ids = [...this.#changed];
    this.#changed.clear();
    const desired = new Map(this.#wanted.table);
    const seen = this.#seen ?? new Map();
    const plans = ids
      // Services that go, go last.
      .sort((a, b) => Number(!desired.has(a)) - Number(!desired.has(b)))
      .map((id) =>
        planPool({ desired: desired.get(id), actual: seen.get(id), written: this.#written.get(id) }),
      );
    const planned = {
      changes: plans.flatMap(({ changes }) => changes),
      remarks: plans.flatMap(({ remarks }) => remarks),
    };
    const failed = await this.#perform(ipvs, planned, seen, this.#said);
    if (this.#seen === undefined) this.#lookWanted = true;
    const failures = new Map<string, Change[]>();
    for (const change of failed) {
      const id = serviceId('key' in change.service ? change.service.key : change.service);
      failures.set(id, [...(failures.get(id) ?? []), change]);
    }
    const written = new Map(this.#written);
    for (const id of ids) {
      const recorded = recordPool(desired.get(id), written.get(id), failures.get(id) ?? []);
      if (recorded === undefined) written.delete(id);
      else written.set(id, recorded);
    }
    this.#written = written;
    return true;
  }

  /** @returns what the kernel refused */
  async #perform(
    ipvs: Ipvs,
    { changes, remarks }: Plan,
    seen: Table,
    said: ReadonlySet<string>,
  ): Promise<readonly Change[]> {
    const results = changes.length === 0 ? [] : await ipvs.perform(changes);
    const failures = results.flatMap((result) => (result.ok ? [] : [result.error]));
    const done = changes.filter((_, index) => results[index]?.ok === true);
    const isSurprised = failures.some(({ code }) => surprising.has(code));
    this.#seen = isSurprised ? undefined : apply(done, seen).table;
    const texts = {
      remarks: remarks.map(remarkText),
      failures: refusals(failures),
    };
    const before = this.#said;
    this.#said = new Set([...said, ...texts.remarks, ...texts.failures]);
    this.#sayNews('table-changed', 'warning', texts.remarks, before);
    this.#sayNews('ipvs-refused', 'error', texts.failures, before);
    return changes.filter((_, index) => results[index]?.ok !== true);
  }

  #say(id: string, level: HealthLogRecord['level'], texts: readonly string[]): void {
    const before = this.#said;
    this.#said = new Set([...before, ...texts]);
    this.#sayNews(id, level, texts, before);
  }

  #sayNews(
    id: string,
    level: HealthLogRecord['level'],
    texts: readonly string[],
    before: ReadonlySet<string>,
  ): void {
    for (const text of texts) if (!before.has(text)) this.#report({ id, level, text: `IPVS: ${text}` });
  }
}
