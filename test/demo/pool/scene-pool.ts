import { type Paint, plainWidth } from '../paint.ts';
import type { Scene } from '../picture.ts';
import { type PoolRole, poolPort, pools, requestsPerSecond, serverNames } from './cast.ts';
import type { TableEntry } from './facts.ts';
import type { PoolView, View } from './view.ts';

/** Columns of one of the two virtual servers, side by side. */
const halfWidth = 46;
/** Seconds that are shown. */
const cells = 21;
const bars = [...' ▁▂▃▄▅▆▇█'];

/** A director's two pools: the kernel's table, who runs, and who answered in the last seconds. */
export const sceneOfThePool = (view: View, place: string): Scene => ({
  heading: `Holdfast: a director and its pool${place}`,
  draw: (_telling, paint, now) => [
    beside(pools.map((role) => titleOf(role, paint))),
    beside(pools.map(() => paint.dim('       weight active  answers a second'))),
    ...serverNames.map((server) =>
      beside(pools.map(({ name }) => serverLine(server, view.pools[name], view, paint, now))),
    ),
    beside(pools.map(({ name }) => lostLine(view.pools[name], paint, now))),
    totalLine(view, paint),
  ],
});

const titleOf = ({ address, about }: PoolRole, paint: Paint): string =>
  `${paint.bold(`${address}:${poolPort}`)}  ${about}`;

function serverLine(server: string, pool: PoolView, view: View, paint: Paint, now: number): string {
  const entry = pool.entries.find((each) => each.server === server);
  const runs = view.running.includes(server);
  const name = server.padEnd(8);
  const rests = entry === undefined || (server === 'sorry' && entry.weight === 0);
  const shown = rests ? paint.dim(name) : runs ? name : paint.red(name);
  const counts =
    entry === undefined
      ? paint.dim('  -      -')
      : `${weightTint(entry, paint)(String(entry.weight).padStart(3))}${String(entry.active).padStart(7)}`;
  const answers = lastSeconds(now).map((second) => answersOf(pool, second, server));
  const strip = answers.map(barOf).join('');
  const rate = answers.at(-1) ?? 0;
  const tint = server === 'sorry' ? paint.blue : paint.green;
  return `${runs ? paint.green('●') : paint.dim('○')} ${shown}${counts}  ${tint(strip)}${rate === 0 ? '' : String(rate).padStart(3)}`;
}

/** Weight 0 is normal for a sorry server; others are being drained. */
const weightTint = ({ server, weight }: TableEntry, paint: Paint): ((text: string) => string) =>
  weight > 0 ? paint.plain : server === 'sorry' ? paint.dim : paint.red;

const answersOf = (pool: PoolView, second: number, server: string): number =>
  pool.seconds.find((each) => each.second === second)?.answered[server] ?? 0;

/** The highest bar is every request of the second; a single answer is seen too. */
const barOf = (count: number): string =>
  bars[Math.min(bars.length - 1, Math.ceil((count / requestsPerSecond) * (bars.length - 1)))] ?? ' ';

/** The seconds that are over, oldest first: of the one that runs not everything is known. */
const lastSeconds = (now: number): readonly number[] =>
  Array.from({ length: cells }, (_, index) => Math.floor(now / 1e6) - cells + index);

function lostLine(pool: PoolView, paint: Paint, now: number): string {
  const lost = lastSeconds(now).map(
    (second) => pool.seconds.find((each) => each.second === second)?.lost ?? 0,
  );
  const last = lost.at(-1) ?? 0;
  const strip = lost.map((count) => (count > 0 ? '×' : ' ')).join('');
  return `${paint.dim('  lost'.padEnd(22))}${paint.red(strip)}${last === 0 ? '' : paint.red(String(last).padStart(3))}`;
}

function totalLine({ answered, lost }: View, paint: Paint): string {
  const harm = lost === 0 ? 'nothing lost' : paint.red(`${lost} lost`);
  return ` client: ${requestsPerSecond} connections a second to each; this step: ${answered} answered, ${harm}`;
}

const beside = (halves: readonly string[]): string =>
  ` ${halves.map((half) => half + ' '.repeat(Math.max(0, halfWidth - plainWidth(half)))).join('  ')}`.trimEnd();
