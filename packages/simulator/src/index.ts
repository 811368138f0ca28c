export type { Violation } from './checks/types.ts';
export { main, shortestFailure } from './command.ts';
export { type Run, runStory } from './fleet.ts';
export { generateStory } from './story/generate.ts';
export { shrink } from './story/shrink.ts';
export type * from './story/types.ts';
export { observationInWords, runInWords, storyInWords } from './trace/words.ts';
export type { Observation } from './world/observation.ts';
