import { serverId, serviceId } from '../table/identity.ts';
import type { Pool, Server, ServerKey, Service, ServiceKey, Table } from '../table/types.ts';
import type { Change } from './types.ts';

/** Why the kernel would not take a change: the entry is there already, the service is missing, the server is missing. */
export type Refusal = 'EEXIST' | 'ESRCH' | 'ENOENT';

export interface Applied {
  readonly table: Table;
  /** Changes that do not fit the table; they were passed over, as the kernel passes over them. */
  readonly refused: readonly { readonly change: Change; readonly code: Refusal }[];
}

/** The table after the changes, by the kernel's rules. The given table is not touched; cost grows with what changes. */
export function apply(changes: readonly Change[], table: Table): Applied {
  const draft = tableDraft(table);
  const refused = changes.flatMap((change) => {
    const code = draft.perform(change);
    return code === undefined ? [] : [{ change, code }];
  });
  return { table: draft.table, refused };
}

/** A table that changes in place, made from one that does not. */
export interface TableDraft {
  readonly table: Table;
  /** @returns why not, or undefined when it is done */
  perform(change: Change): Refusal | undefined;
}

interface DraftPool extends Pool {
  readonly service: Service;
  readonly servers: Map<string, Server>;
}

export function tableDraft(from: Table): TableDraft {
  const table = new Map<string, Pool>(from);
  const opened = new Map<string, DraftPool>();

  const place = (id: string, entry: DraftPool): void => {
    table.set(id, entry);
    opened.set(id, entry);
  };
  const open = (id: string): DraftPool | undefined => {
    const before = opened.get(id);
    const closed = table.get(id);
    if (before !== undefined || closed === undefined) return before;
    const entry = { service: closed.service, servers: new Map(closed.servers) };
    place(id, entry);
    return entry;
  };
  const remove = (key: ServiceKey): Refusal | undefined => {
    opened.delete(serviceId(key));
    return table.delete(serviceId(key)) ? undefined : 'ESRCH';
  };
  const write = (service: Service, isNew: boolean): Refusal | undefined => {
    const id = serviceId(service.key);
    const entry = open(id);
    if ((entry !== undefined) === isNew) return isNew ? 'EEXIST' : 'ESRCH';
    place(id, { service, servers: entry?.servers ?? new Map() });
    return undefined;
  };
  const writeServer = (key: ServiceKey, server: Server, isNew: boolean): Refusal | undefined => {
    const entry = open(serviceId(key));
    if (entry === undefined) return 'ESRCH';
    const id = serverId(server);
    if (entry.servers.has(id) === isNew) return isNew ? 'EEXIST' : 'ENOENT';
    entry.servers.set(id, server);
    return undefined;
  };
  const removeServer = (key: ServiceKey, server: ServerKey): Refusal | undefined => {
    const entry = open(serviceId(key));
    if (entry === undefined) return 'ESRCH';
    return entry.servers.delete(serverId(server)) ? undefined : 'ENOENT';
  };

  return {
    table,
    perform(change) {
      switch (change.kind) {
        case 'add-service':
        case 'set-service':
          return write(change.service, change.kind === 'add-service');
        case 'delete-service':
          return remove(change.service);
        case 'add-server':
        case 'set-server':
          return writeServer(change.service, change.server, change.kind === 'add-server');
        default:
          return removeServer(change.service, change.server);
      }
    },
  };
}
