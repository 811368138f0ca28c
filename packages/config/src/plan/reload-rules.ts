import type { Checker } from '../lvs-types.ts';
import type { VrrpInstance, VrrpScript } from '../types.ts';

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
