export * from './table/build.ts';
export * from './table/identity.ts';
