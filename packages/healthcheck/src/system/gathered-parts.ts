import type { VirtualServer } from '@holdfast/config';
import type { ToHealthcheck } from '../ipc.ts';
import { type PackedServers, unpackServers } from '../packed-servers.ts';

type Part = Extract<ToHealthcheck, { kind: 'part' }>;

/** Virtual servers that come in parts, until the message comes that they belong to. */
export interface GatheredParts {
  add(part: Part): void;
  /**
   * All that belong to a message.
   * @param before how many came in parts
   * @param rest those of the message itself
   * @throws RangeError where others came: this process ends then, and its successor is told everything again
   */
  take(before: number, rest: PackedServers): readonly VirtualServer[];
}

export function gatheredParts(): GatheredParts {
  let gathered: VirtualServer[] = [];
  return {
    add({ at, virtualServers }) {
      // The message that others belonged to never came.
      if (at === 0) gathered = [];
      gathered.push(...unpackServers(virtualServers));
    },
    take(before, rest) {
      if (before !== 0 && before !== gathered.length)
        throw new RangeError(
          `${before} virtual servers came before this message, ${gathered.length} are here`,
        );
      const all = [...(before === 0 ? [] : gathered), ...unpackServers(rest)];
      gathered = [];
      return all;
    },
  };
}
