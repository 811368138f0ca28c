import type { Checker } from '../lvs-types.ts';
import type { Config, VrrpInstance, VrrpScript } from '../types.ts';
import { planGlobal } from './global.ts';
import { planInstances } from './instances.ts';
import type { Planned } from './planned.ts';
import { planPools } from './pools.ts';
import { planScripts } from './scripts.ts';

/** How the workers know again what they run: given by them, so that a plan cannot mean something else. */
export interface ReloadRules {
  readonly matchInstances: (
    before: readonly VrrpInstance[],
    after: readonly VrrpInstance[],
  ) => {
    readonly kept: readonly { readonly previous: VrrpInstance; readonly config: VrrpInstance }[];
    readonly removed: readonly VrrpInstance[];
    readonly added: readonly VrrpInstance[];
  };
  readonly isSameScript: (a: VrrpScript, b: VrrpScript) => boolean;
  readonly sameChecker: (a: Checker, b: Checker) => boolean;
}

/**
 * What a reload from one configuration to another does to each object, also to those that it keeps: first those of the
 * running one in its order, then new ones. Whether the reload is taken at all is `reloadVerdict`'s.
 */
export const planReload = (before: Config, after: Config, rules: ReloadRules): readonly Planned[] => [
  planGlobal(before.global, after.global),
  ...planScripts(before.vrrpScripts, after.vrrpScripts, rules.isSameScript),
  ...planInstances(before.vrrpInstances, after.vrrpInstances, rules.matchInstances),
  ...planPools(before.virtualServers, after.virtualServers, rules.sameChecker),
];

/** Every object with its parts, each before what it consists of. */
export const everyPlanned = (plan: readonly Planned[]): readonly Planned[] =>
  plan.flatMap((one) => [one, ...everyPlanned(one.parts)]);

/** Whether the reload would change nothing. */
export const changesNothing = (plan: readonly Planned[]): boolean =>
  plan.every(({ fate }) => fate === 'kept');
