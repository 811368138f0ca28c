import { inNetwork } from '@holdfast/kit';
import { nodeOf } from '../build/read.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { VrrpInstance } from '../types.ts';
import { instanceNamed, remark } from './remark.ts';
import type { LintSubject } from './subject.ts';

interface Network {
  readonly address: VrrpInstance['virtualAddresses'][number]['address'];
  readonly prefixLength: number;
}

/**
 * Two interfaces may hang on one segment; a virtual router number counts for the segment, not for the interface. (The
 * same number twice on one interface is an error of its own.)
 */
export function routerIdOnSegment({ context, config }: LintSubject): void {
  const networks = new Map(
    config.vrrpInstances.map((instance) => [instance, networksOf(instance, context.interfaces)]),
  );
  for (const [index, instance] of config.vrrpInstances.entries()) {
    const other = config.vrrpInstances
      .slice(0, index)
      .find(
        (earlier) => clashes(earlier, instance) && overlap(networks.get(earlier), networks.get(instance)),
      );
    const node = other === undefined ? undefined : instanceNamed(context, instance.name);
    if (other === undefined || node === undefined) continue;
    remark(context, nodeOf(node, rows.virtual_router_id)?.statement ?? node.statement, {
      code: 'virtual-router-id-on-segment',
      severity: 'warning',
      word: 1,
      message: `virtual_router_id ${instance.virtualRouterId} is that of ${other.name} on ${other.interface}, which is in the same network as ${instance.interface}`,
      remedy: 'give each virtual router of a network its own number from 1 to 255',
    });
  }
}

/** Adverts to the group of one number and family; those to peers go to nobody else. */
const clashes = (a: VrrpInstance, b: VrrpInstance): boolean =>
  a.virtualRouterId === b.virtualRouterId &&
  a.family === b.family &&
  a.interface !== b.interface &&
  a.unicastPeers.length === 0 &&
  b.unicastPeers.length === 0;

/** Those of the interface as far as they are known, and those that the virtual addresses bring along. */
function networksOf(
  instance: VrrpInstance,
  interfaces: LintSubject['context']['interfaces'],
): readonly Network[] {
  const known = (interfaces?.get(instance.interface) ?? []).flatMap((one) =>
    typeof one === 'string' ? [] : [one],
  );
  return [...known, ...instance.virtualAddresses].filter(({ address, prefixLength }) =>
    address.includes(':') ? prefixLength < 128 && !address.startsWith('fe80') : prefixLength < 32,
  );
}

const overlap = (some: readonly Network[] = [], others: readonly Network[] = []): boolean =>
  some.some((a) =>
    others.some(
      (b) =>
        a.address.includes(':') === b.address.includes(':') &&
        inNetwork(a.address, b.address, Math.min(a.prefixLength, b.prefixLength)),
    ),
  );
