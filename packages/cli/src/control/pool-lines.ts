import type { Pool, PoolServer } from '@holdfast/core/api';
import type { Colours } from './colours.ts';
import { ago } from './time.ts';

/** One pool on the screen. @param short servers that are in order are only counted @param now milliseconds since 1970 */
export function poolLines(pool: Pool, colours: Colours, now: number, short: boolean): readonly string[] {
  const { quorum, sorryServer } = pool;
  const { good, bad, odd, quiet } = colours;
  const state = quorum.state === 'up' ? good('UP') : quorum.state === 'down' ? bad('DOWN') : odd('UNKNOWN');
  const sorry =
    sorryServer?.serves === true
      ? odd(`  sorry server ${sorryServer.address}:${sorryServer.port} serves`)
      : '';
  const suspended = pool.suspended ? odd('  suspended (ha_suspend)') : '';
  const sum = quiet(`weight ${quorum.weight} of ${quorum.needed} needed, ${pool.scheduler}`);
  const shown = short ? pool.realServers.filter((server) => !isInOrder(server)) : pool.realServers;
  const width = Math.max(0, ...shown.map((server) => nameOf(server).length));
  const up = pool.realServers.filter(({ alive }) => alive === true).length;
  const count = short ? quiet(`, ${up} of ${pool.realServers.length} up`) : '';
  return [
    `  ${pool.key}  quorum ${state}  ${sum}${count}${sorry}${suspended}`,
    ...shown.map((server) => serverLine(server, width, colours, now)),
  ];
}

/** Nothing of it needs an eye. */
const isInOrder = ({ alive, override }: PoolServer): boolean => alive === true && override === null;

const nameOf = ({ address, port }: PoolServer): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

function serverLine(server: PoolServer, width: number, colours: Colours, now: number): string {
  const { good, bad, odd, quiet } = colours;
  const { alive, weight, override, kernel, checkers } = server;
  const health = alive === null ? odd('?   ') : alive ? good('up  ') : bad('down');
  const base = weight.effective === weight.configured ? '' : ` (configured ${weight.configured})`;
  const wish = override === null ? '' : odd(` ${wishText(override)}`);
  const load =
    kernel === null
      ? ''
      : quiet(`  ${kernel.activeConnections} active, ${kernel.inactiveConnections} inactive`);
  const checks = checkers.map((checker) => checkText(checker, colours, now)).join('; ');
  return `    ${nameOf(server).padEnd(width)} ${health} weight ${weight.effective}${base}${wish}${load}  ${checks}`;
}

const wishText = (override: NonNullable<PoolServer['override']>): string =>
  override.kind === 'weight' ? 'weight by operator' : override.kind === 'drain' ? 'drained' : 'disabled';

function checkText(
  { kind, last, up }: PoolServer['checkers'][number],
  { quiet, bad }: Colours,
  now: number,
): string {
  if (last === null) return quiet(`${kind} ${up === false ? 'down' : 'not yet'}`);
  const text = last.text === null ? '' : `: ${last.text}`;
  const said = `${kind} ${last.result} ${ago(last.at, now)} ago${text}`;
  return last.result === 'success' ? quiet(said) : bad(said);
}
