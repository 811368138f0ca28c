export { machineAccounts } from './accounts.ts';
export { machineScriptFiles } from './script-files.ts';
export { type LeftOut, type Vetted, vetConfig } from './vet-config.ts';
