import {
  expectedServices,
  type ServerText,
  type ServiceText,
  type TableText,
  tableLines,
} from './expected-table.ts';
import { type Model, type ModelPool, mayBeLost, servicesOf } from './model.ts';
import type { PoolHealth } from './model-pool.ts';

/**
 * Holds the kernel's table against the model at rest; what the model could not know is then known.
 * @returns what is wrong, or undefined
 */
export function judge(model: Model, is: TableText): string | undefined {
  const services = new Set<string>(model.others.keys());
  for (const [id, pool] of model.pools) {
    const known = pool.health.filter((health) => wrongIn(model, pool, health, is) === undefined);
    const [first] = pool.health;
    if (first === undefined) return `${id}: the model knows no state`;
    if (known.length === 0) return `${id}: ${wrongIn(model, pool, first, is)}\nThe kernel has\n${textOf(is)}`;
    for (const name of expectedServices(model.slot, pool.section, first).keys()) services.add(name);
    model.pools = new Map(model.pools).set(id, { ...pool, health: known });
    learn(model, pool, known, is);
  }
  for (const [name, service] of model.others)
    if (textOf(new Map([[name, service]])) !== textOf(new Map([[name, is.get(name) ?? nothing]])))
      return `${name}, which is somebody's, is not as it was\nThe kernel has\n${textOf(is)}`;
  const surplus = [...is.keys()].find((name) => !services.has(name));
  return surplus === undefined ? undefined : `${surplus} should not be there\nThe kernel has\n${textOf(is)}`;
}

const nothing: ServiceText = { settings: 'nothing', servers: new Map() };
const textOf = (table: TableText): string => tableLines(table).join('\n');

function wrongIn(
  model: Model,
  { section }: ModelPool,
  health: PoolHealth,
  is: TableText,
): string | undefined {
  for (const [name, due] of expectedServices(model.slot, section, health)) {
    const wrong = wrongService(model, name, due, is.get(name));
    if (wrong !== undefined)
      return `${wrong}; without anything by hand due is\n${textOf(new Map([[name, due]]))}`;
  }
  return undefined;
}

function wrongService(
  model: Model,
  name: string,
  due: ServiceText,
  found: ServiceText | undefined,
): string | undefined {
  if (found === undefined) return `${name} is missing`;
  if (found.settings !== due.settings) return `${name} is ${found.settings}`;
  for (const [key, server] of due.servers) {
    const is = found.servers.get(key);
    if (is === undefined) return `${name} ${key} is missing`;
    if (is.settings !== server.settings) return `${name} ${key} has ${is.settings}`;
    const weights = possibleWeights(model, name, key, server);
    if (!weights.includes(is.weight))
      return `${name} ${key} has weight ${is.weight}, due is ${weights.join(' or ')}`;
  }
  const strangers = model.strangers.get(name);
  for (const [key, is] of found.servers) {
    if (due.servers.has(key)) continue;
    if (!sameServer(strangers?.get(key), is)) return `${name} ${key} should not be there`;
  }
  for (const key of strangers?.keys() ?? [])
    if (!found.servers.has(key) && !mayBeLost(model, name) && !wasOurs(model, name, key))
      return `${name} ${key}, which is an operator's, is missing`;
  return undefined;
}

const sameServer = (a: ServerText | undefined, b: ServerText): boolean =>
  a?.weight === b.weight && a.settings === b.settings;

const wasOurs = ({ passed }: Model, name: string, key: string): boolean =>
  passed.get(name)?.some(({ servers }) => servers.has(key)) === true;

/** An operator's weight stays as long as ours is the same; where ours was another in between, that may have been written. */
function possibleWeights(model: Model, name: string, key: string, { weight }: ServerText): readonly number[] {
  const byHand = model.weights.get(name)?.get(key);
  if (byHand === undefined) return [weight];
  const ours = model.passed.get(name)?.map(({ servers }) => servers.get(key)?.weight) ?? [];
  const isRewritten =
    model.fresh.has(`${name} ${key}`) &&
    new Set(model.passed.get(name)?.map(({ servers }) => servers.get(key)?.settings)).size > 1;
  if (ours.every((each) => each === weight) && !isRewritten)
    return mayBeLost(model, name) ? [weight, byHand] : [byHand];
  return ours[0] === weight ? [weight, byHand] : [weight];
}

/**
 * A service that was to have a server in every state that was passed must have had one at every moment: the sorry server
 * comes before the last one goes, and what moves stays.
 */
export function neverUnserved(model: Model, unserved: readonly string[]): string | undefined {
  if (model.lost) return undefined;
  const stays = new Set([...model.pools.values()].flatMap((pool) => [...servicesOf(model, pool)]));
  const wrong = unserved.find(
    (name) =>
      stays.has(name) &&
      model.passed.get(name)?.every(({ servers }) => [...servers.values()].some(({ weight }) => weight > 0)),
  );
  return wrong === undefined ? undefined : `${wrong} was without a server for a moment`;
}

/** What is by hand at rest. */
function learn(model: Model, { section }: ModelPool, known: readonly PoolHealth[], is: TableText): void {
  for (const health of known)
    for (const [name, due] of expectedServices(model.slot, section, health)) {
      const found = is.get(name)?.servers ?? new Map<string, ServerText>();
      for (const [key, weight] of model.weights.get(name) ?? [])
        if (found.get(key)?.weight !== weight || due.servers.get(key)?.weight === weight)
          model.weights.get(name)?.delete(key);
      for (const key of model.strangers.get(name)?.keys() ?? [])
        if (due.servers.has(key) || !found.has(key)) model.strangers.get(name)?.delete(key);
    }
}
