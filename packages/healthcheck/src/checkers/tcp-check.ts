import type { CheckTarget } from '@holdfast/config';
import { attempt } from './attempt.ts';
import type { After, Done, RunningCheck } from './types.ts';

/** TCP_CHECK: good when a connection stands; nothing is sent over it. */
export const tcpCheck = (target: CheckTarget, after: After, done: Done): RunningCheck =>
  attempt(target, after, done, ({ finish }) => finish({ kind: 'success' }));
