import type { Config } from '../types.ts';
import { planGlobal } from './global.ts';
import { planInstances } from './instances.ts';
import type { Planned } from './planned.ts';
import { planPools } from './pools.ts';
import type { ReloadRules } from './reload-rules.ts';
import { planScripts } from './scripts.ts';

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
