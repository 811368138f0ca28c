import type { RealServerState } from './types.ts';

const largestWeight = 2147483647;

/** The weight as the kernel takes it: from 0 to 2147483647; an operator's comes before everything else. */
export const effectiveWeight = ({
  weight,
  override,
}: Pick<RealServerState, 'weight' | 'override'>): number => {
  if (override === undefined) return clamped(weight);
  return override.kind === 'weight' ? clamped(override.weight) : 0;
};

const clamped = (weight: number): number => Math.min(Math.max(weight, 0), largestWeight);

/** What the servers that are up weigh together: it is held against the quorum. */
export const aliveWeight = (servers: readonly RealServerState[]): number =>
  servers.reduce((sum, server) => sum + (server.alive ? effectiveWeight(server) : 0), 0);
