import type { Change } from '../planner/types.ts';
import { isKnownScheduler, persistenceEngines } from '../table/schedulers.ts';

/**
 * Splits changes into sends. A service whose scheduler or engine is not known to exist goes alone: the kernel starts
 * modprobe for it, some 30 ms within the send, during which everything else of the send would wait.
 *
 * @param capacity the most changes a send may have
 */
export function batches(changes: readonly Change[], capacity: number): readonly (readonly Change[])[] {
  const result: (readonly Change[])[] = [];
  let start = 0;
  const cutAt = (end: number): void => {
    if (end > start) result.push(changes.slice(start, end));
    start = end;
  };
  changes.forEach((change, i) => {
    const isAlone = mayStartModprobe(change);
    if (isAlone || i - start === capacity) cutAt(i);
    if (isAlone) cutAt(i + 1);
  });
  cutAt(changes.length);
  return result;
}

function mayStartModprobe(change: Change): boolean {
  if (change.kind !== 'add-service' && change.kind !== 'set-service') return false;
  const { scheduler, persistenceEngine } = change.service;
  const isKnownEngine =
    persistenceEngine === undefined || persistenceEngines.some((known) => known === persistenceEngine);
  return !isKnownScheduler(scheduler) || !isKnownEngine;
}
