import type { FromVrrp } from '@holdfast/vrrp';
import * as z from 'zod';
import { addressOf, command, microsOf, orUndefined } from './contract-parts.ts';
import { instanceStatistics, instanceStatus, transition } from './vrrp-status.ts';

const virtualAddress = z.object({
  address: addressOf,
  prefixLength: z.int().min(0).max(128),
  interface: z.string(),
  scope: z.int(),
  label: orUndefined(z.string()),
  broadcast: orUndefined(addressOf),
  peer: orUndefined(z.object({ address: addressOf, prefixLength: z.int().min(0).max(128) })),
  noPrefixRoute: z.boolean(),
  noTrack: z.boolean(),
});

/** What is kept of an instance for a successor. */
export const savedInstance = z.object({
  name: z.string(),
  phase: z.enum(['init', 'backup', 'master', 'fault']),
  lastAdvertAt: orUndefined(microsOf),
  masterAdvertInterval: microsOf,
  masterDownInterval: microsOf,
  addresses: z.array(virtualAddress),
  handedOver: orUndefined(z.boolean()),
  scripts: z.array(
    z.object({ name: z.string(), verdict: z.enum(['good', 'bad']), streak: z.int().nonnegative() }),
  ),
});

const logRecord = z.object({
  id: z.string(),
  level: z.enum(['debug', 'info', 'notice', 'warning', 'error']),
  detail: z.boolean().default(false),
  text: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

const fact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('log'), record: logRecord, at: microsOf }),
  z.object({ kind: z.literal('notify'), command, extra: z.array(z.string()) }),
  z.object({
    kind: z.literal('run-script'),
    script: z.string(),
    run: z.int(),
    command,
    timeout: microsOf,
  }),
  z.object({ kind: z.literal('saved'), instance: savedInstance }),
  z.object({ kind: z.literal('removed'), instance: z.string() }),
  z.object({ kind: z.literal('status'), status: instanceStatus }),
  z.object({ kind: z.literal('transition'), transition }),
  z.object({ kind: z.literal('statistics'), query: z.int(), instances: z.array(instanceStatistics) }),
]);

/** What a vrrp worker may say. A worker is another process: what comes from it is checked before it is believed. */
export const fromVrrp = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), pid: z.int().positive() }),
  z.object({ kind: z.literal('configured'), reason: z.enum(['start', 'reload']) }),
  z.object({ kind: z.literal('turn'), facts: z.array(fact) }),
  z.object({ kind: z.literal('pong'), sequence: z.int() }),
  z.object({ kind: z.literal('dump'), what: z.enum(['data', 'stats', 'json']), text: z.string() }),
  z.object({ kind: z.literal('stopped') }),
]) satisfies z.ZodType<FromVrrp>;
