import type { Random } from '@holdfast/kit';
import type { ServerText, TableText } from './expected-table.ts';
import type { Model } from './model.ts';
import { forget } from './model.ts';
import type { PoolFile } from './pool-file.ts';

/** A backend as a checker finds it: a number is what a program says of the weight. */
export type Backend = 'down' | 'up' | number;

/** What happens to a pool. */
export type Act =
  | { readonly kind: 'backend'; readonly subject: string; readonly is: Backend }
  | { readonly kind: 'reload'; readonly file: PoolFile; readonly words: string }
  /** SIGKILL to the worker; after so many requests to the kernel from now on, where the stage can do that. */
  | { readonly kind: 'kill'; readonly requests: number }
  | Operator;

/** What somebody does to the kernel's table. */
export type Operator =
  | { readonly kind: 'flush' }
  | { readonly kind: 'delete-service'; readonly service: string }
  | { readonly kind: 'alter-service'; readonly service: string }
  | { readonly kind: 'add-service'; readonly service: string }
  | { readonly kind: 'delete-server'; readonly service: string; readonly server: string }
  | {
      readonly kind: 'set-server' | 'add-server';
      readonly service: string;
      readonly server: string;
      readonly is: ServerText;
    };

/** Everything that is in the table goes. */
export function empty(model: Model): void {
  model.others.clear();
  model.weights.clear();
  model.strangers.clear();
}

/** Something that an operator can do to a table as it is now; the model knows of it at once. */
export function operate(random: Random, model: Model, table: TableText): Operator | undefined {
  const ours = [...table.keys()].filter((name) => !model.others.has(name));
  if (ours.length === 0) return undefined;
  const service = random.pick(ours);
  const servers = [...(table.get(service)?.servers ?? [])];
  const strangers = model.strangers.get(service) ?? new Map<string, ServerText>();
  const [server, is] = servers.length === 0 ? [undefined, undefined] : random.pick(servers);
  switch (random.whole(0, 8)) {
    case 0:
    case 1:
      forget(model, service);
      return { kind: 'delete-service', service };
    case 2:
      return { kind: 'alter-service', service };
    case 3:
      return addService(random, model, table);
    case 4:
    case 5: {
      const stranger = `127.0.7.${random.whole(1, 3)}:80`;
      if (strangers.has(stranger)) return undefined;
      const text = { weight: random.whole(0, 3), settings: 'NAT 0/0' };
      model.strangers.set(service, strangers.set(stranger, text));
      return { kind: 'add-server', service, server: stranger, is: text };
    }
    default: {
      if (server === undefined || is === undefined || strangers.has(server)) return undefined;
      const weights = model.weights.get(service) ?? new Map<string, number>();
      if (random.chance(0.3)) {
        weights.delete(server);
        return { kind: 'delete-server', service, server };
      }
      const weight = random.pick([0, 1, 2, 3, 5, 9].filter((each) => each !== is.weight));
      model.weights.set(service, weights.set(server, weight));
      model.fresh.add(`${service} ${server}`);
      return { kind: 'set-server', service, server, is: { ...is, weight } };
    }
  }
}

/** The table was another one when it came to that: nothing has been done. */
export function undo(model: Model, act: Operator): void {
  if (act.kind === 'set-server') model.weights.get(act.service)?.delete(act.server);
  if (act.kind === 'add-server') model.strangers.get(act.service)?.delete(act.server);
  if (act.kind === 'add-service') model.others.delete(act.service);
}

/** A service that a later file may claim. */
function addService(random: Random, model: Model, table: TableText): Operator | undefined {
  const service = `${random.pick(['tcp', 'udp'])} 10.9.${model.slot}.${random.whole(1, 5)}:80`;
  if (table.has(service)) return undefined;
  model.others.set(service, { settings: 'rr', servers: new Map() });
  return { kind: 'add-service', service };
}

export function actText(act: Act): string {
  switch (act.kind) {
    case 'backend':
      return `${act.subject} is ${act.is}`;
    case 'reload':
      return `reload with ${act.words}`;
    case 'kill':
      return `the worker is killed after ${act.requests} more requests to the kernel`;
    case 'flush':
      return 'somebody empties the table';
    default:
      return `somebody does ${act.kind} ${act.service} ${'server' in act ? act.server : ''} ${'is' in act ? act.is.weight : ''}`.trimEnd();
  }
}
