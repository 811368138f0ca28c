import * as z from 'zod';
import { moment } from './common.ts';

export const override = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.enum(['drain', 'disable']) }),
    z.object({ kind: z.literal('weight'), weight: z.int().min(0).max(2147483647) }),
  ])
  .describe('what an operator wants instead of the configuration; kept until the daemon ends');

const checker = z.object({
  kind: z.string().describe('TCP_CHECK, HTTP_GET, ...: others may follow'),
  up: z.boolean().nullable(),
  failures: z.int().describe('since the last success, counted up to retry'),
  last: z
    .object({
      at: moment,
      result: z.enum(['success', 'failure', 'local-error']),
      text: z.string().nullable(),
    })
    .nullable()
    .describe('the last attempt; null: none yet, or the worker did not answer in time'),
});

const kernelCounts = z.object({
  weight: z.int(),
  activeConnections: z.int(),
  inactiveConnections: z.int(),
  connections: z.number(),
  incomingBytes: z.number(),
  outgoingBytes: z.number(),
});

export const realServer = z.object({
  key: z.string(),
  address: z.string(),
  port: z.int(),
  alive: z.boolean().nullable().describe('null: not reported yet'),
  weight: z.object({ configured: z.int(), effective: z.int() }),
  override: override.nullable(),
  checkers: z.array(checker),
  kernel: kernelCounts
    .nullable()
    .describe("what the kernel's table counts; null: it is not in the table, or not known"),
});

/** One virtual_server as an operator sees it. */
export const pool = z.object({
  key: z.string(),
  scheduler: z.string(),
  quorum: z.object({
    state: z.enum(['up', 'down', 'unknown']),
    needed: z.number(),
    hysteresis: z.number(),
    weight: z.number().describe('what the servers that are up weigh together'),
  }),
  sorryServer: z.object({ address: z.string(), port: z.int(), serves: z.boolean() }).nullable(),
  suspended: z.boolean().describe('ha_suspend: its address is nowhere on this machine'),
  realServers: z.array(realServer),
});

export type Pool = z.output<typeof pool>;
export type PoolServer = z.output<typeof realServer>;
