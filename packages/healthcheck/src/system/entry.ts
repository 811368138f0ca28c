import type { VirtualServer } from '@holdfast/config';
import type { VirtualServerState } from '../logic/types.ts';

/** A virtual server with its state. */
export interface Entry {
  config: VirtualServer;
  state: VirtualServerState;
  /** What core was told last. */
  told: VirtualServerState | undefined;
}

/** Names a check among those of all virtual servers. @param run its number within this one */
export const checkId = ({ config }: Entry, run: number): string => `${config.key} ${run}`;
