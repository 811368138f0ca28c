export type * from './ipc.ts';
export { desiredPools } from './logic/desired-pools.ts';
export { mergeSaved, nothingSaved, unsettled, withoutAwaited, withoutGone } from './logic/merge-saved.ts';
export { savedPool } from './logic/saved-pool.ts';
export type * from './logic/statistics.ts';
export type * from './logic/types.ts';
export { initialState, nextDeadline, step } from './logic/virtual-server.ts';
export { aliveWeight, effectiveWeight } from './logic/weights.ts';
