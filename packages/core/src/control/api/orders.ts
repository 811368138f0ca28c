import * as z from 'zod';
import { stateName } from './instance.ts';
import { override } from './pool.ts';

/** Gives the mastership of an instance up, or takes it back. */
export const handoverOrder = z.strictObject({
  on: z.boolean().describe('true: hand over; false: take back'),
});

export const handoverAnswer = z.object({
  instance: z.string(),
  handedOver: z.boolean(),
  state: stateName,
  carriedOut: z.boolean().describe('false: noted, and told to the worker as soon as it can be'),
  text: z.string(),
});

export type HandoverAnswer = z.output<typeof handoverAnswer>;

const place = {
  virtualServer: z.string().min(1).describe('key, address:port, protocol/address:port or fwm:mark'),
  realServer: z.string().min(1).describe('key, address:port, or address'),
};

/** What is to become of a real server. */
export const serverOrder = z.discriminatedUnion('action', [
  z.strictObject({ ...place, action: z.enum(['drain', 'disable', 'enable']) }),
  z.strictObject({ ...place, action: z.literal('weight'), weight: z.int().min(0).max(2147483647) }),
]);

export type ServerOrder = z.output<typeof serverOrder>;

export const serverAnswer = z.object({
  virtualServer: z.string(),
  realServer: z.string(),
  override: override.nullable(),
  carriedOut: z.boolean().describe('false: noted, and told to the worker as soon as it can be'),
  text: z.string(),
});

export type ServerAnswer = z.output<typeof serverAnswer>;
