import * as z from 'zod';
import { moment } from './common.ts';

/** One event: a line of the log, or an instance's transition. Events are sent as lines of JSON. */
export const event = z.object({
  sequence: z.int().describe('counts up from 1; a gap means that events were lost'),
  at: moment,
  source: z.enum(['core', 'vrrp', 'healthcheck']),
  level: z.enum(['debug', 'info', 'notice', 'warning', 'error', 'alert']),
  id: z.string().describe("the log record's id, or `transition`"),
  text: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type Event = z.output<typeof event>;

/** What may stand behind the question mark of /v1/events. */
export const eventsQuery = z.strictObject({
  since: z.coerce.number().int().min(0).default(0).describe('only events with a greater sequence'),
  last: z.coerce.number().int().min(0).optional().describe('at most so many of those that are kept'),
  follow: z.enum(['true', 'false']).default('false').describe('go on with what happens from now on'),
});
