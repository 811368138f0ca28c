export type * from './ipc.ts';
export type * from './logic/types.ts';
