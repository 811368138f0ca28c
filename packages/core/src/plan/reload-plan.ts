import { type Config, type Planned, planReload } from '@holdfast/config';
import { sameChecker } from '@holdfast/healthcheck/reload-rules';
import { isSameScript, matchInstances } from '@holdfast/vrrp/reload-rules';

/** What a reload does to each object, by the very rules that the workers go by. */
export const reloadPlan = (before: Config, after: Config): readonly Planned[] =>
  planReload(before, after, { matchInstances, isSameScript, sameChecker });
