import type { VrrpInstance } from '@holdfast/config';
import type { Host } from '../world/host.ts';
import type { View } from './types.ts';

/** Whether what one router sends now reaches the other for certain, is read there at once, and is valid for it. */
export function canHear({ lan }: View, from: Host, to: Host): boolean {
  return (
    listens(from) &&
    listens(to) &&
    lan.weather.loss === 0 &&
    !lan.isCut(from.name, to.name) &&
    understands(from.config, to.config)
  );
}

/** Its worker runs and its interface is up. */
export const listens = (host: Host): boolean =>
  host.linkUp && host.worker !== undefined && !host.worker.stalled;

/** RFC 3768 §7.1: version 2 discards adverts with another interval than its own. */
export function understands(a: VrrpInstance, b: VrrpInstance): boolean {
  return a.version === b.version && (a.version === 3 || a.advertInterval === b.advertInterval);
}
