export * from './client/client.ts';
export * from './client/open.ts';
export type * from './client/types.ts';
export * from './codec/acknowledgement.ts';
export * from './codec/attributes.ts';
export * from './codec/message.ts';
export * from './failure.ts';
export * from './route/open.ts';
export type * from './types.ts';
