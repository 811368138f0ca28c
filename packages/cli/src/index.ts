export { type CheckReport, checkReport } from './check.ts';
export { program } from './program.ts';
export type { Surroundings } from './surroundings.ts';
