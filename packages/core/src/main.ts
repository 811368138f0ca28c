import { startEarly } from './daemon/early.ts';

// The handlers come first; everything else is loaded only when no signal can kill by accident any more.
const early = startEarly();
const { run } = await import('./run.ts');
await run(early);
