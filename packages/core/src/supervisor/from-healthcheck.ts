import type { FromHealthcheck, LastCheck } from '@holdfast/healthcheck';
import * as z from 'zod';
import { addressOf, command, microsOf, orUndefined } from './contract-parts.ts';

const quorum = z.enum(['up', 'down']);

const savedPool = z.object({
  key: z.string(),
  quorum,
  servers: z.array(
    z.object({
      key: z.string(),
      alive: z.boolean(),
      checkers: z.array(
        z.object({
          up: z.boolean(),
          hasRun: z.boolean(),
          failures: z.int().nonnegative(),
          weightOffset: z.number(),
          url: z.int().nonnegative().optional(),
          polling: z.boolean().optional(),
        }),
      ),
    }),
  ),
});

const serviceKey = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('address'),
    protocol: z.enum(['tcp', 'udp', 'sctp']),
    address: addressOf,
    port: z.int().min(0).max(0xffff),
  }),
  z.object({
    kind: z.literal('fwmark'),
    family: z.union([z.literal(4), z.literal(6)]),
    mark: z.int().positive(),
  }),
]);

/** Whole ones, as the kernel counts them. */
const seconds = z.int().nonnegative();

/** What is kept of pools for a successor. */
export const savedPools = z.object({
  pools: z.array(savedPool),
  written: orUndefined(z.array(serviceKey)),
  settled: z.array(z.string()),
  unsettled: z.array(z.string()),
  timeoutsBefore: z.object({ tcp: seconds, tcpFin: seconds, udp: seconds }).optional(),
});

const logRecord = z.object({
  id: z.string(),
  level: z.enum(['debug', 'info', 'notice', 'warning', 'error']),
  detail: z.boolean().default(false),
  text: z.string(),
});

const lastCheck = z.object({
  at: microsOf,
  kind: z.enum(['success', 'failure', 'local-error']),
  text: orUndefined(z.string()),
});
const kernelCounts = z.object({
  weight: z.int(),
  activeConnections: z.int(),
  inactiveConnections: z.int(),
  connections: z.number(),
  incomingBytes: z.number(),
  outgoingBytes: z.number(),
});
const poolStatistics = z.object({
  key: z.string(),
  suspended: z.boolean(),
  servers: z.array(
    z.object({ key: z.string(), checks: z.array(lastCheck.nullable()), kernel: orUndefined(kernelCounts) }),
  ),
});

const fact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('log'), record: logRecord, at: microsOf }),
  z.object({ kind: z.literal('notify'), command, extra: z.array(z.string()) }),
  z.object({ kind: z.literal('run-script'), run: z.int(), command, timeout: microsOf }),
  z.object({ kind: z.literal('cancel-script'), run: z.int() }),
  z.object({
    kind: z.literal('saved'),
    pools: savedPools,
  }),
  z.object({
    kind: z.literal('statistics'),
    query: z.int(),
    pools: z.array(poolStatistics),
    hasTable: z.boolean(),
  }),
]);

/** What a healthcheck worker may say: checked before it is believed, as what a vrrp worker says. */
export const fromHealthcheck = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), pid: z.int().positive() }),
  z.object({ kind: z.literal('configured'), reason: z.enum(['start', 'reload']) }),
  z.object({ kind: z.literal('turn'), facts: z.array(fact) }),
  z.object({ kind: z.literal('pong'), sequence: z.int() }),
  z.object({ kind: z.literal('dump'), what: z.literal('data'), text: z.string() }),
  z.object({ kind: z.literal('stopped') }),
]) satisfies z.ZodType<FromHealthcheck>;

/** Does not compile where a worker may say a word that is not understood here: a whole turn of its would be lost. */
export type Understood = Covered<LastCheck['kind'], z.output<typeof lastCheck>['kind']>;
type Covered<Said extends Known, Known> = Said;
