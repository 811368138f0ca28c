export * from './cmsg.ts';
export * from './constants.ts';
export * from './errno.ts';
export * from './load.ts';
export * from './sockaddr.ts';
export type * from './types.ts';
export * from './worker-signals.ts';
