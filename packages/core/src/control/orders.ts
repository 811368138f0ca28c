import type { Config } from '@holdfast/config';
import type { Override } from '@holdfast/healthcheck';
import { ok, type Result } from '@holdfast/kit';
import type { InstanceStatus } from '@holdfast/vrrp';
import type { HandoverAnswer, ServerAnswer, ServerOrder } from './api/index.ts';
import type { Facts } from './facts.ts';
import { findByName, findPool, findServer, type NotFound } from './names.ts';
import { stateOf } from './view/instance.ts';
import type { Wishes } from './wishes.ts';

/** What an operator's orders need. */
export interface OrderPorts {
  readonly config: () => Config;
  readonly facts: Facts;
  readonly wishes: Wishes;
  /** Tells the vrrp worker. @returns false: it hears of it when it is ready */
  readonly tellHandover: (instance: string, on: boolean) => boolean;
  /** Tells the healthcheck worker all wishes. @returns false: it hears of them when it is ready */
  readonly tellWishes: () => boolean;
  /** The healthcheck worker has not reached the kernel's table. */
  readonly lacksTable: () => Promise<boolean>;
  /** Resolves when the instance's status is so, or false after a while. */
  readonly settled: (instance: string, holds: (status: InstanceStatus) => boolean) => Promise<boolean>;
}

/** Hands an instance over or takes it back, and waits until the worker has done so. */
export async function handOver(
  ports: OrderPorts,
  name: string,
  on: boolean,
): Promise<Result<HandoverAnswer, NotFound>> {
  const found = findByName('vrrp_instance', name, ports.config().vrrpInstances);
  if (!found.ok) return found;
  const { nopreempt } = found.value;
  ports.wishes.handOver(name, on);
  const isSoAlready = ports.facts.status(name)?.handedOver === on;
  const told = ports.tellHandover(name, on);
  const carriedOut = told && (isSoAlready || (await ports.settled(name, (status) => isDone(status, on))));
  const state = stateOf(ports.facts.status(name));
  const text = carriedOut ? outcomeText(name, on, nopreempt && state !== 'MASTER') : notedText;
  return ok({ instance: name, handedOver: on, state, carriedOut, text });
}

/** Its mastership is gone, too: that takes a step more than hearing of it. */
const isDone = ({ handedOver, phase }: InstanceStatus, on: boolean): boolean =>
  handedOver === on && !(on && phase === 'master');

/** What is said where pools are checked, and the kernel has no table for them. */
export const noTableText =
  "the kernel's LVS table is not reached, and no server of any pool serves: holdfast doctor says what is missing";

const notedText = 'noted; the worker is busy or starting and hears of it as soon as it can';

function outcomeText(name: string, on: boolean, waits: boolean): string {
  if (on)
    return `${name} is handed over: priority 1 until it is taken back (holdfast handover ${name} --back). Where no other router answers it serves again`;
  return waits
    ? `${name} is taken back; nopreempt: it stays backup until the master leaves`
    : `${name} is taken back: it takes part with its own priority again`;
}

/** Drains, disables, weighs or enables a real server. */
export async function orderServer(
  ports: OrderPorts,
  order: ServerOrder,
): Promise<Result<ServerAnswer, NotFound>> {
  const { virtualServers } = ports.config();
  const pool = findPool(order.virtualServer, virtualServers);
  if (!pool.ok) return pool;
  const server = findServer(order.realServer, pool.value);
  if (!server.ok) return server;
  const override = overrideOf(order);
  const [virtualServer, realServer] = [pool.value.key, server.value.key];
  ports.wishes.override(virtualServer, realServer, override);
  const carriedOut = ports.tellWishes();
  const done = `${realServer} of ${virtualServer} ${effectOf(order)}`;
  const text = !carriedOut ? notedText : (await ports.lacksTable()) ? `${done}; but ${noTableText}` : done;
  return ok({ virtualServer, realServer, override: override ?? null, carriedOut, text });
}

function overrideOf(order: ServerOrder): Override | undefined {
  switch (order.action) {
    case 'enable':
      return undefined;
    case 'weight':
      return { kind: 'weight', weight: order.weight };
    default:
      return { kind: order.action };
  }
}

function effectOf(order: ServerOrder): string {
  const until = 'until it is enabled, or the daemon is stopped';
  switch (order.action) {
    case 'drain':
      return `gets no new connections, those that are stay: ${until}`;
    case 'disable':
      return `is taken out of the table: ${until}`;
    case 'weight':
      return `has weight ${order.weight}: ${until}`;
    default:
      return 'follows the configuration again';
  }
}
