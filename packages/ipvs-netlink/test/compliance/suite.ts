import { behaviourCases } from './behaviour.ts';
import type { Case } from './bench.ts';
import { daemonCases } from './daemons.ts';
import { errorCases } from './errors.ts';
import { planCases } from './plans.ts';
import { rawCases } from './raw.ts';

/** What every IPVS table does, the kernel's and the one in memory. */
export const complianceCases: readonly Case[] = [
  ...behaviourCases,
  ...errorCases,
  ...rawCases,
  ...daemonCases,
  ...planCases,
];
