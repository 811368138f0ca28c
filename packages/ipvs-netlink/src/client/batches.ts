import type { Change } from '../planner/types.ts';
import { isKnownScheduler, persistenceEngines } from '../table/schedulers.ts';

/**
 * Splits changes into sends. A service whose scheduler or engine is not known to exist goes alone: the kernel starts
 * modprobe for it, some 30 ms within the send, during which everything else of the send would wait.
 *
 * @param capacity the most changes a send may have
 */
export function batches(changes: readonly Change[], capacity: number): readonly (readonly Change[])[] {
  const result: Change[][] = [];
  let current: Change[] = [];
  for (const change of changes) {
    const isAlone = mayStartModprobe(change);
    if (isAlone || current.length === capacity) current = [];
    if (current.length === 0) result.push(current);
    current.push(change);
    if (isAlone) current = [];
  }
  return result;
}

function mayStartModprobe(change: Change): boolean {
  if (change.kind !== 'add-service' && change.kind !== 'set-service') return false;
  const { scheduler, persistenceEngine } = change.service;
  const isKnownEngine =
    persistenceEngine === undefined || persistenceEngines.some((known) => known === persistenceEngine);
  return !isKnownScheduler(scheduler) || !isKnownEngine;
}
