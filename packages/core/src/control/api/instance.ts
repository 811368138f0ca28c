import * as z from 'zod';
import { moment } from './common.ts';

export const stateName = z
  .enum(['INIT', 'BACKUP', 'MASTER', 'FAULT', 'UNKNOWN'])
  .describe('UNKNOWN: the worker has not reported the instance yet');

export const cause = z.object({ kind: z.string(), text: z.string() });

export const transition = z.object({ at: moment, from: stateName, to: stateName, cause });

const virtualAddress = z.object({
  address: z.string(),
  prefixLength: z.int(),
  interface: z.string(),
  advertised: z.boolean().describe('false: virtual_ipaddress_excluded'),
});

const tracked = z.object({
  kind: z.enum(['script', 'interface']),
  name: z.string(),
  weight: z.int(),
  reverse: z.boolean(),
  condition: z.enum(['good', 'bad', 'undecided']),
});

const counters = z.object({
  advertsReceived: z.int(),
  advertsSent: z.int(),
  becameMaster: z.int(),
  releasedMaster: z.int(),
  priorityZeroReceived: z.int(),
  priorityZeroSent: z.int(),
});

/** One vrrp_instance as an operator sees it. */
export const instance = z.object({
  name: z.string(),
  interface: z.string(),
  virtualRouterId: z.int(),
  version: z.union([z.literal(2), z.literal(3)]),
  state: stateName,
  since: moment.nullable(),
  why: cause.nullable().describe('of the last transition'),
  priority: z.object({ configured: z.int(), effective: z.int().nullable() }),
  handedOver: z.boolean(),
  source: z.string().nullable().describe('the address that adverts are sent from'),
  master: z
    .object({ address: z.string(), priority: z.int(), heardAt: moment.nullable() })
    .nullable()
    .describe('the other router that was last heard as master'),
  addresses: z.array(virtualAddress),
  tracked: z.array(tracked),
  faults: z.array(z.string()),
  statistics: z
    .object({ lastAdvertAt: moment.nullable(), counters, drops: z.record(z.string(), z.int()) })
    .nullable()
    .describe('null: the worker did not answer in time'),
});

export type Instance = z.output<typeof instance>;

/** Why an instance is in its state, and what would change it. */
export const why = z.object({
  instance: z.string(),
  state: stateName,
  since: moment.nullable(),
  cause: cause.nullable(),
  transitions: z.array(transition).describe('the last ones, newest first'),
  outlook: z
    .array(z.object({ to: z.enum(['MASTER', 'BACKUP', 'FAULT']), when: z.string() }))
    .describe('what would change the state now'),
});

export type Why = z.output<typeof why>;
