export { type CheckReport, checkReport } from './check.ts';
export { program, type Surroundings } from './program.ts';
