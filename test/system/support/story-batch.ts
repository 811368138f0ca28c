import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ipvs, Table } from '@holdfast/ipvs-netlink';
import type { Act } from '../../pool-stories/acts.ts';
import type { TableText } from '../../pool-stories/expected-table.ts';
import { perform } from '../../pool-stories/perform.ts';
import type { Taste } from '../../pool-stories/random-file.ts';
import { readTable } from '../../pool-stories/read-table.ts';
import { type Chances, Story } from '../../pool-stories/story.ts';
import { StoryBackends } from './story-backends.ts';

export interface BatchOptions {
  /** The daemon's program, for Node. */
  readonly program: string;
  /** For its files. */
  readonly folder: string;
  readonly seed: number;
  /** Stories, each with services and addresses of its own: at most 90. */
  readonly count: number;
  readonly ipvs: Ipvs;
}

/** Short intervals and cheap checks: the machine may be a slow one. */
const taste: Taste = {
  mostPools: 2,
  mostServers: 3,
  kinds: ['TCP_CHECK', 'TCP_CHECK', 'HTTP_GET'],
  schedulers: ['rr', 'wrr', 'lc', 'wlc', 'sh'],
  delayLoops: [0.5, 1],
  retryDelays: [0.2, 0.4],
  warmups: [0, 0.3],
  mostRetries: 1,
  mostUrls: 1,
};
/** Seconds until a new file is read, and until a worker has a successor, on a machine that is slow. */
const [reading, succession] = [1.5, 4];
/** Seconds that a busy machine may need beyond all that. */
const patienceBeyond = 30;

/** Stories side by side: one daemon, one kernel, real backends. */
export class Batch {
  readonly #options: BatchOptions;
  readonly #stories: readonly Story[];
  readonly #backends = new StoryBackends();
  #daemon: ChildProcess | undefined;
  readonly figures = { steps: 0, reloads: 0, kills: 0, flushes: 0, acts: 0, late: 0 };

  constructor(options: BatchOptions) {
    this.#options = options;
    this.#stories = Array.from(
      { length: options.count },
      (_, i) => new Story(options.seed * 1000 + i, i + 1, taste),
    );
  }

  /** @returns what is wrong, or undefined */
  async start(): Promise<string | undefined> {
    const { program, folder } = this.#options;
    await this.#openBackends();
    this.#write();
    const file = (name: string): string => join(folder, name);
    const log = openSync(file('log'), 'a');
    this.#daemon = spawn(
      process.execPath,
      [
        program,
        ...['-n', '-l', '-D', '-C', '-G', '-f', file('ha.conf'), '-p', file('k.pid'), '-c', file('c.pid')],
      ],
      { stdio: ['ignore', log, log] },
    );
    return this.#settles(reading);
  }

  async step(chances: Chances): Promise<string | undefined> {
    const table = await this.#table();
    const all = this.#stories.map((story, i) => ({
      story,
      acts: story.next(ofSlot(readTable(table), i + 1), chances),
    }));
    this.figures.steps++;
    if (chances.flush) {
      this.figures.flushes++;
      await this.#options.ipvs.flush();
    }
    for (const { story, acts } of all) await this.#perform(story, acts, table);
    await this.#openBackends();
    const { reload: isNew, kill } = chances;
    if (isNew) this.#reload();
    if (kill !== undefined) await this.#kill(kill);
    return this.#settles((isNew ? reading : 0) + (kill === undefined ? 0 : succession));
  }

  async #perform(story: Story, acts: readonly Act[], table: Table): Promise<void> {
    this.figures.acts += acts.length;
    for (const act of acts) {
      if (act.kind === 'backend') await this.#backends.set(act.subject, act.is !== 'down');
      else if (act.kind === 'reload' || act.kind === 'kill' || act.kind === 'flush') continue;
      else if (!(await perform(this.#options.ipvs, table, act))) story.refused(act);
    }
  }

  /** SIGTERM: nothing of ours is left. */
  async stop(): Promise<string | undefined> {
    const daemon = this.#daemon;
    if (daemon === undefined) return undefined;
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    daemon.kill('SIGTERM');
    await ended;
    const table = readTable(await this.#table());
    return this.#firstWrong((story, slot) => story.judgeEnd(ofSlot(table, slot)));
  }

  #write(): void {
    const texts = this.#stories.map(({ text }) => text);
    writeFileSync(join(this.#options.folder, 'ha.conf'), texts.join('\n'));
  }

  #reload(): void {
    this.figures.reloads++;
    this.#write();
    this.#daemon?.kill('SIGHUP');
  }

  async #kill(delay: number): Promise<void> {
    this.figures.kills++;
    await pause(delay / 1000);
    process.kill(Number(readFileSync(join(this.#options.folder, 'c.pid'), 'utf8')), 'SIGKILL');
  }

  /** What a file asks has to be there before the daemon reads it. */
  async #openBackends(): Promise<void> {
    for (const story of this.#stories)
      for (const subject of story.subjects)
        await this.#backends.set(subject, story.backend(subject) !== 'down');
  }

  /** The table is right within the longest time that the configuration allows, and stays so. */
  async #settles(besides: number): Promise<string | undefined> {
    await pause(Math.max(...this.#stories.map(({ patience }) => patience)) + besides);
    let wrong = await this.#judge();
    if (wrong !== undefined) this.figures.late++;
    for (let waited = 0; wrong !== undefined && waited < patienceBeyond; waited++) {
      await pause(1);
      wrong = await this.#judge();
    }
    if (wrong !== undefined) return wrong;
    await pause(1);
    const later = await this.#judge();
    return later === undefined ? undefined : `it was right, and did not stay so: ${later}`;
  }

  async #judge(): Promise<string | undefined> {
    const table = readTable(await this.#table());
    return this.#firstWrong((story, slot) => story.judge(ofSlot(table, slot)));
  }

  #firstWrong(judge: (story: Story, slot: number) => string | undefined): string | undefined {
    for (const [i, story] of this.#stories.entries()) {
      const wrong = judge(story, i + 1);
      if (wrong !== undefined) return `story ${i + 1}:\n${story.soFar}\n${wrong}\n${this.#lastOfLog(i + 1)}`;
    }
    return undefined;
  }

  #lastOfLog(slot: number): string {
    const log = readFileSync(join(this.#options.folder, 'log'), 'utf8').split('\n');
    const own = new RegExp(
      `127\\.${slot}\\.|10\\.9\\.${slot}\\.|FWM ${slot}\\d\\d|G${slot}-|fwmark ${slot}\\d\\d|child process|Reload`,
    );
    return `the end of the log:\n${log
      .filter((line) => own.test(line))
      .slice(-60)
      .join('\n')}`;
  }

  async #table(): Promise<Table> {
    const reading = await this.#options.ipvs.table();
    if (!reading.ok) throw new TypeError(`the table cannot be read: ${reading.error.code}`);
    return reading.value.table;
  }
}

/** A story's part of the table. */
const ofSlot = (table: TableText, slot: number): TableText =>
  new Map([...table].filter(([name]) => slotOf(name) === slot));

function slotOf(service: string): number {
  const [, slot, mark] = /^(?:tcp|udp) 10\.9\.(\d+)\.|^fwmark (\d+) /.exec(service) ?? [];
  return mark === undefined ? Number(slot) : Math.floor(Number(mark) / 100);
}

const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));
