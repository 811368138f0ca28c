import type { CheckerSection, PoolSection, ServerSection } from './pool-file.ts';

/**
 * What health knows of one virtual server, as keepalived.conf(5) describes it: of each checker whether it is up and what
 * it adds to the weight, and the quorum. Written without regard to the product.
 */
export interface PoolHealth {
  readonly quorum: 'up' | 'down';
  /** By `checkerId`. */
  readonly checkers: ReadonlyMap<string, CheckerHealth>;
}

export interface CheckerHealth {
  readonly up: boolean;
  /** MISC_CHECK with misc_dynamic: added to the configured weight. */
  readonly offset: number;
}

/** A reload keeps a virtual server whose name is the same. */
export function poolId({ form, number, entries, protocol }: PoolSection): string {
  if (form === 'group') return `group ${number}`;
  return form === 'fwmark' ? `mark ${entries[0]?.number}` : `${protocol} ${entries[0]?.number}`;
}

/** A reload keeps what is known of a checker that looks at the same thing of a server that is the same. */
export const checkerId = (pool: PoolSection, server: ServerSection, checker: CheckerSection): string => {
  const protocol = pool.entries.every(({ kind }) => kind === 'mark') ? 'none' : pool.protocol;
  const { kind, port, urls } = checker;
  return `${pool.number}.${server.number} ${protocol} ${kind} ${port} ${kind === 'HTTP_GET' ? urls : ''}`;
};

/** A start: everything is up unless `alpha` says that it has to prove itself. */
export function started(pool: PoolSection): PoolHealth {
  const checkers = new Map(everyChecker(pool).map(({ id }) => [id, { up: !pool.alpha, offset: 0 }] as const));
  return judgedAnew(pool, { quorum: 'down', checkers });
}

/** A reload: what is new to a server in good health is up, on any other it is as at a start. */
export function reloaded(pool: PoolSection, before: PoolSection, health: PoolHealth): PoolHealth {
  const checkers = new Map<string, CheckerHealth>();
  for (const server of pool.servers) {
    const known = before.servers.find((each) => serverId(before, each) === serverId(pool, server));
    const isWell = known !== undefined && isUp(before, known, health);
    for (const checker of server.checkers) {
      const id = checkerId(pool, server, checker);
      const kept = known?.checkers.some((each) => checkerId(before, known, each) === id);
      const old = kept === true ? health.checkers.get(id) : undefined;
      checkers.set(id, old ?? { up: isWell || !pool.alpha, offset: 0 });
    }
  }
  return judgedAnew(pool, { quorum: health.quorum, checkers });
}

const serverId = (pool: PoolSection, { number }: ServerSection): string =>
  `${number} ${pool.entries.every(({ kind }) => kind === 'mark') ? 'none' : pool.protocol}`;

/** The quorum after a change: gained at the sum of quorum and hysteresis, lost below their difference. */
export function judgedAnew(pool: PoolSection, health: PoolHealth): PoolHealth {
  const weight = pool.servers.reduce(
    (sum, server) => sum + (isUp(pool, server, health) ? weightOf(pool, server, health) : 0),
    0,
  );
  const { quorum, hysteresis } = pool;
  if (health.quorum === 'up' && (weight === 0 || weight < quorum - hysteresis))
    return { ...health, quorum: 'down' };
  if (health.quorum === 'down' && weight >= quorum + hysteresis) return { ...health, quorum: 'up' };
  return health;
}

export const isUp = (pool: PoolSection, server: ServerSection, { checkers }: PoolHealth): boolean =>
  server.checkers.every((checker) => checkers.get(checkerId(pool, server, checker))?.up !== false);

/** Never below nothing. */
export const weightOf = (pool: PoolSection, server: ServerSection, { checkers }: PoolHealth): number =>
  Math.max(
    0,
    server.checkers.reduce(
      (sum, checker) => sum + (checkers.get(checkerId(pool, server, checker))?.offset ?? 0),
      server.weight,
    ),
  );

export const everyChecker = (
  pool: PoolSection,
): readonly { readonly id: string; readonly server: ServerSection; readonly checker: CheckerSection }[] =>
  pool.servers.flatMap((server) =>
    server.checkers.map((checker) => ({ id: checkerId(pool, server, checker), server, checker })),
  );
