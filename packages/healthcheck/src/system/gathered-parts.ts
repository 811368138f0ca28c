import type { CheckPace, Forwarding, VirtualServer } from '@holdfast/config';
import type { ToHealthcheck } from '../ipc.ts';

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
  take(before: number, rest: readonly VirtualServer[]): readonly VirtualServer[];
}

export function gatheredParts(): GatheredParts {
  let gathered: VirtualServer[] = [];
  const pace = shared<CheckPace>();
  const forwarding = shared<Forwarding>();
  const thinned = (servers: readonly VirtualServer[]): readonly VirtualServer[] => {
    for (const { realServers } of servers) for (const server of realServers) share(server);
    return servers;
  };
  /** The message is ours alone: what is alike is kept once, before the rest grows old. */
  const share = (server: {
    forwarding: Forwarding;
    readonly checkers: readonly { pace: CheckPace }[];
  }): void => {
    server.forwarding = forwarding(server.forwarding);
    for (const checker of server.checkers) checker.pace = pace(checker.pace);
  };
  return {
    add({ at, virtualServers }) {
      // The message that others belonged to never came.
      if (at === 0) gathered = [];
      gathered.push(...thinned(virtualServers));
    },
    take(before, rest) {
      if (before !== 0 && before !== gathered.length)
        throw new RangeError(
          `${before} virtual servers came before this message, ${gathered.length} are here`,
        );
      const all = before === 0 ? thinned(rest) : [...gathered, ...thinned(rest)];
      gathered = [];
      return all;
    },
  };
}

/** Gives the object before where the next one has the same fields: in most files nearly all servers are alike. */
function shared<T extends object>(): (next: T) => T {
  let last: T | undefined;
  return (next) => {
    if (last === undefined || !hasSameFields(last, next)) last = next;
    return last;
  };
}

function hasSameFields<T extends object>(a: T, b: T): boolean {
  for (const name in a) if (a[name] !== b[name]) return false;
  for (const name in b) if (!(name in a)) return false;
  return true;
}
