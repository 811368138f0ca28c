export { matchInstances } from './logic/match-instances.ts';
export { isSameScript } from './logic/script.ts';
