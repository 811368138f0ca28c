export { type CommandLine, type Options, parseCommandLine } from './options/parse.ts';
export { type Switch, switches } from './options/table.ts';
export { version } from './version.ts';
