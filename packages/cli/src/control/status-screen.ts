import type { Status } from '@holdfast/core/api';
import type { Colours } from './colours.ts';
import { instanceLines } from './instance-lines.ts';
import { poolLines } from './pool-lines.ts';
import { ago, clockTime } from './time.ts';

/** More lines than this are too many for a glance. */
const mostLines = 60;

/**
 * Everything at a glance, as lines. Where there is much of it, what is in order is said in short.
 * @param all nothing is left out
 * @param now milliseconds since 1970
 */
export function statusScreen(status: Status, colours: Colours, now: number, all: boolean): string {
  const servers = status.pools.reduce((sum, { realServers }) => sum + realServers.length, 0);
  const short = !all && status.instances.length * 3 + servers > mostLines;
  return [
    head(status, colours, now),
    ...status.notes.map((note) => colours.odd(`  ${note}`)),
    ...section('instance', status.instances.length, colours),
    ...status.instances.flatMap((instance) => instanceLines(instance, colours, now, short)),
    ...section('pool', status.pools.length, colours),
    ...status.pools.flatMap((pool) => poolLines(pool, colours, now, short)),
    ...(short ? ['', colours.quiet('what is in order is said in short; --all shows everything')] : []),
  ].join('\n');
}

function head({ daemon }: Status, { strong, quiet, bad }: Colours, now: number): string {
  const { lastReload } = daemon;
  const at = lastReload === null ? '' : clockTime(lastReload.at, now);
  const when = lastReload?.applied === true ? `, reloaded ${at}` : '';
  const refused = lastReload?.applied === false ? `\n  ${bad(`${at} ${lastReload.text}`)}` : '';
  const rest = `pid ${daemon.pid}, up ${ago(daemon.since, now)}, ${daemon.configurationFile}${when}`;
  return `${strong(`Holdfast ${daemon.version}`)} ${quiet(rest)}${refused}`;
}

const section = (title: string, count: number, { strong }: Colours): readonly string[] =>
  count === 0 ? [] : ['', strong(`${count} ${title}${count === 1 ? '' : 's'}`)];
