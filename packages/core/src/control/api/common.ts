import * as z from 'zod';

/** A moment on the wall clock, ISO 8601 in UTC with milliseconds. */
export const moment = z.iso.datetime().describe('ISO 8601, UTC');

/** What every refusal says: a code for programs, a sentence for people, and what to do. */
export const refusal = z
  .object({
    error: z.object({
      code: z.enum([
        'bad-request',
        'not-found',
        'method-not-allowed',
        'too-large',
        'too-slow',
        'too-many-clients',
        'unavailable',
        'internal-error',
      ]),
      message: z.string(),
      remedy: z.string(),
    }),
  })
  .describe('Why a request was refused, and what to do');

export type Refusal = z.output<typeof refusal>;
