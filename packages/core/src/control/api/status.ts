import * as z from 'zod';
import { moment } from './common.ts';
import { instance } from './instance.ts';
import { pool } from './pool.ts';

const worker = z
  .object({ pid: z.int().nullable().describe('null: it is starting'), answered: z.boolean() })
  .nullable()
  .describe('null: it is not needed');

/** Everything at a glance. */
export const status = z.object({
  daemon: z.object({
    version: z.string(),
    pid: z.int(),
    since: moment,
    configurationFile: z.string(),
    lastReload: z.object({ at: moment, applied: z.boolean(), text: z.string() }).nullable(),
    workers: z.object({ vrrp: worker, healthcheck: worker }),
  }),
  instances: z.array(instance),
  pools: z.array(pool),
  notes: z.array(z.string()).describe('what is missing from this answer, and why'),
});

export type Status = z.output<typeof status>;
