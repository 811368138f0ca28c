import type { Config } from '@holdfast/config';
import type { Vetted } from '../scripts/vet-config.ts';
import { miscCheckName } from '../scripts/vet-pools.ts';

/**
 * Why a reload is refused for its scripts' sake: without its script a running instance would lose what moves it, a real
 * server what takes it out of the pool. One line each; empty: it is not.
 */
export function lostScripts(running: Config, { disabled }: Pick<Vetted, 'disabled'>): readonly string[] {
  const known = new Set([
    ...running.vrrpScripts.map(({ name }) => `vrrp_script ${name}`),
    ...running.virtualServers.flatMap((server) =>
      server.realServers
        .filter(({ checkers }) => checkers.some(({ kind }) => kind === 'MISC_CHECK'))
        .map((real) => miscCheckName(server, real)),
    ),
  ]);
  return disabled
    .filter(({ what }) => known.has(what))
    .map(({ what, why }) => `${what} would be disabled: ${why}`);
}
