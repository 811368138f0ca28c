export type * from './ipc.ts';
export { initialState, nextDeadline, step } from './logic/instance.ts';
export { effectivePriority } from './logic/priority.ts';
export { resumeUntil, savedInstance } from './logic/saved.ts';
export type * from './logic/types.ts';
