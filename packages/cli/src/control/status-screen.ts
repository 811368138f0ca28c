import type { Instance, Pool, PoolServer, Status } from '@holdfast/core/api';
import type { Colours } from './colours.ts';
import { ago, clockTime } from './time.ts';

/** Everything at a glance, as lines. @param now milliseconds since 1970 */
export function statusScreen(status: Status, colours: Colours, now: number): string {
  return [
    head(status, colours, now),
    ...status.notes.map((note) => colours.odd(`  ${note}`)),
    ...section('instance', status.instances.length, colours),
    ...status.instances.flatMap((instance) => instanceLines(instance, colours, now)),
    ...section('pool', status.pools.length, colours),
    ...status.pools.flatMap((pool) => poolLines(pool, colours, now)),
  ].join('\n');
}

function head({ daemon }: Status, { strong, quiet, bad }: Colours, now: number): string {
  const { lastReload } = daemon;
  const when = lastReload === null ? '' : `, reloaded ${clockTime(lastReload.at, now)}`;
  const refused = lastReload?.applied === false ? bad(` ${lastReload.text}`) : '';
  const rest = `pid ${daemon.pid}, up ${ago(daemon.since, now)}, ${daemon.configurationFile}${when}`;
  return `${strong(`Holdfast ${daemon.version}`)} ${quiet(rest)}${refused}`;
}

const section = (title: string, count: number, { strong }: Colours): readonly string[] =>
  count === 0 ? [] : ['', strong(`${count} ${title}${count === 1 ? '' : 's'}`)];

function instanceLines(instance: Instance, colours: Colours, now: number): readonly string[] {
  const { name, state, since, why, priority, handedOver, master, addresses, tracked, faults } = instance;
  const { quiet, odd } = colours;
  const lasting = since === null ? '' : ` for ${ago(since, now)}`;
  const effective = priority.effective ?? priority.configured;
  const base = effective === priority.configured ? '' : ` (configured ${priority.configured})`;
  const where = `${instance.interface} vrid ${instance.virtualRouterId} priority ${effective}${base}`;
  const over = handedOver ? odd('  handed over') : '';
  const detail = (label: string, text: string): string => `    ${quiet(label.padEnd(7))} ${text}`;
  return [
    `  ${name.padEnd(12)} ${paintState(state, colours)}${lasting}  ${quiet(where)}${over}`,
    ...(why === null ? [] : [detail('why', why.text)]),
    ...(master === null || state === 'MASTER' ? [] : [detail('master', masterText(master, now))]),
    detail('VIPs', addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`).join(' ')),
    ...(tracked.length === 0
      ? []
      : [detail('tracks', tracked.map((one) => trackedText(one, colours)).join(', '))]),
    ...faults.map((text) => detail('fault', colours.bad(text))),
  ];
}

function paintState(state: Instance['state'], { good, bad, odd, strong }: Colours): string {
  switch (state) {
    case 'MASTER':
      return good(strong(state));
    case 'BACKUP':
      return strong(state);
    case 'FAULT':
      return bad(state);
    default:
      return odd(state);
  }
}

function masterText({ address, priority, heardAt }: NonNullable<Instance['master']>, now: number): string {
  const heard = heardAt === null ? '' : `, heard ${ago(heardAt, now)} ago`;
  return `${address} (priority ${priority}${heard})`;
}

function trackedText(
  { kind, name, weight, reverse, condition }: Instance['tracked'][number],
  { good, bad, odd }: Colours,
): string {
  const paint = condition === 'good' ? good : condition === 'bad' ? bad : odd;
  const effect = weight === 0 ? '' : ` (weight ${weight}${reverse ? ' reverse' : ''})`;
  return `${kind} ${name} ${paint(condition)}${effect}`;
}

function poolLines(pool: Pool, colours: Colours, now: number): readonly string[] {
  const { quorum, sorryServer } = pool;
  const { good, bad, odd, quiet } = colours;
  const state = quorum.state === 'up' ? good('UP') : quorum.state === 'down' ? bad('DOWN') : odd('UNKNOWN');
  const sorry =
    sorryServer?.serves === true
      ? odd(`  sorry server ${sorryServer.address}:${sorryServer.port} serves`)
      : '';
  const suspended = pool.suspended ? odd('  suspended (ha_suspend)') : '';
  const sum = quiet(`weight ${quorum.weight} of ${quorum.needed} needed, ${pool.scheduler}`);
  const width = Math.max(0, ...pool.realServers.map((server) => nameOf(server).length));
  return [
    `  ${pool.key}  quorum ${state}  ${sum}${sorry}${suspended}`,
    ...pool.realServers.map((server) => serverLine(server, width, colours, now)),
  ];
}

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
