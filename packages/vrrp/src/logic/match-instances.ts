import type { VrrpInstance } from '@holdfast/config';

/** What a reload makes of the instances: who goes on under which configuration, who goes, who is new. */
export interface InstanceMatch {
  readonly kept: readonly { readonly previous: VrrpInstance; readonly config: VrrpInstance }[];
  readonly removed: readonly VrrpInstance[];
  readonly added: readonly VrrpInstance[];
}

/**
 * keepalived's rule: an instance is the same by its VRID, family, interface, and its group or unicast source, not by
 * its name. Where several unicast instances share all of these, the name decides, then the order.
 */
export function matchInstances(
  before: readonly VrrpInstance[],
  after: readonly VrrpInstance[],
): InstanceMatch {
  const left = [...before];
  const take = (fits: (c: VrrpInstance) => boolean): VrrpInstance | undefined => {
    const at = left.findIndex(fits);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const partners = new Map<VrrpInstance, VrrpInstance>();
  for (const sameName of [true, false]) {
    for (const config of after.filter((c) => !partners.has(c))) {
      const previous = take((c) => identity(c) === identity(config) && (!sameName || c.name === config.name));
      if (previous !== undefined) partners.set(config, previous);
    }
  }
  return {
    kept: [...partners].map(([config, previous]) => ({ previous, config })),
    removed: left,
    added: after.filter((config) => !partners.has(config)),
  };
}

function identity(c: VrrpInstance): string {
  const way =
    c.unicastPeers.length > 0 ? `unicast ${c.sourceAddress ?? ''}` : `group ${c.multicastDestination}`;
  return `${c.virtualRouterId} ${c.family} ${c.interface} ${way}`;
}
