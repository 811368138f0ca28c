import type { VrrpInstance } from '@holdfast/config';
import type { ChecksumForm } from '@holdfast/wire';
import type { DropReason } from '../logic/drop-reason.ts';
import { nothingReported, type Reported } from '../logic/report-once.ts';
import type { InstanceState } from '../logic/types.ts';

/** One virtual router at work: what it is told, where it stands, and what has come in. */
export interface Running {
  readonly config: VrrpInstance;
  readonly state: InstanceState;
  readonly reported: Reported;
  /** Dropped packets by reason. */
  readonly drops: ReadonlyMap<DropReason, number>;
  /** Accepted ones by what their checksum covers. */
  readonly checksums: ReadonlyMap<ChecksumForm, number>;
}

export const newlyRunning = (config: VrrpInstance, state: InstanceState): Running => ({
  config,
  state,
  reported: nothingReported,
  drops: new Map(),
  checksums: new Map(),
});

/** One more of this kind. */
export function countUp<K>(counts: ReadonlyMap<K, number>, kind: K): ReadonlyMap<K, number> {
  return new Map(counts).set(kind, (counts.get(kind) ?? 0) + 1);
}
