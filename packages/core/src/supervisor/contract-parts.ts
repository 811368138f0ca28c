import { type IpAddress, type Micros, micros, parseAddress } from '@holdfast/kit';
import * as z from 'zod';

/** JSON leaves out what is undefined: a missing property is read as undefined. */
export const orUndefined = <T extends z.ZodType>(schema: T) => schema.optional().transform((value) => value);

/** A time or a duration. */
export const microsOf = z.int().transform((n): Micros => micros(n));
/** The text of an address, in any spelling. */
export const addressOf = z.string().transform((text, context): IpAddress => {
  const address = parseAddress(text);
  if (address !== undefined) return address;
  context.addIssue({ code: 'custom', message: `not an IP address: ${text.slice(0, 50)}` });
  return z.NEVER;
});

/** A script with its arguments and its user. */
export const command = z.object({
  argv: z.tuple([z.string()], z.string()),
  runAs: orUndefined(z.object({ user: z.string(), group: orUndefined(z.string()) })),
});
