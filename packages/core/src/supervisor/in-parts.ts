import {
  type Change,
  type Configure,
  type HealthSlice,
  packServers,
  type ToHealthcheck,
} from '@holdfast/healthcheck';

/** Real servers of a message: some 20 kB where they are alike, some 200 kB where none are. */
const usualServers = 500;
/** All are sent at once, and only some hundred messages may wait to be read: a list that is longer still has longer parts. */
const mostParts = 100;

/** A message with a long list of virtual servers, as messages with short ones: to be sent one after the other. */
export function inParts(message: Configure | Change): readonly ToHealthcheck[] {
  const lists = shortLists(message.kind === 'configure' ? message.slice.virtualServers : message.changed);
  const last = packServers(lists.at(-1) ?? []);
  let before = 0;
  const parts = lists.slice(0, -1).map((list): ToHealthcheck => {
    const at = before;
    before += list.length;
    return { kind: 'part', at, virtualServers: packServers(list) };
  });
  const came = parts.length === 0 ? {} : { before };
  return [
    ...parts,
    message.kind === 'configure'
      ? { ...message, slice: { ...message.slice, virtualServers: last }, ...came }
      : { ...message, changed: last, ...came },
  ];
}

/** In the order of the list; a virtual server stays whole. */
function shortLists(servers: HealthSlice['virtualServers']): readonly HealthSlice['virtualServers'][] {
  const lists: HealthSlice['virtualServers'][number][][] = [];
  const all = servers.reduce((sum, server) => sum + weightOf(server), 0);
  const mostServers = Math.max(usualServers, Math.ceil(all / mostParts));
  let room = 0;
  for (const server of servers) {
    if (room <= 0) {
      lists.push([]);
      room = mostServers;
    }
    lists.at(-1)?.push(server);
    room -= weightOf(server);
  }
  return lists;
}

const weightOf = ({ realServers }: HealthSlice['virtualServers'][number]): number =>
  Math.max(1, realServers.length);
