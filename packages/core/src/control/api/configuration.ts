import * as z from 'zod';

/** What the daemon runs, and how it reads the file that it would take at a reload. */
export const configuration = z.object({
  version: z.string().describe('of the daemon: the typed configuration may look different in another one'),
  configurationFile: z.string().describe('as the command line names it'),
  directory: z.string().describe('where a relative name of the file starts'),
  configId: z.string().nullable().describe('of -i; null: the host name up to its first dot'),
  withVrrp: z.boolean().describe('false: -C, blocks of VRRP are left out'),
  withChecks: z.boolean().describe('false: -P, blocks of the checks are left out'),
  configuration: z
    .record(z.string(), z.unknown())
    .describe('typed, after defaults, ranges and repairs; passwords are empty'),
});

export type Configuration = z.output<typeof configuration>;
