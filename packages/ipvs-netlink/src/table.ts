export * from './table/build.ts';
export * from './table/identity.ts';
export type * from './table/types.ts';
