import { loadAddon, workerSignals } from '@holdfast/native';
import { hurry } from './system/hurry.ts';

// The first thing of all: until handlers stand, an operator's signal would kill this process or open a debugger.
const addon = loadAddon();
const watched = workerSignals(addon);
if (process.argv[2] === 'urgent') hurry(addon);
const { runWorker } = await import('./system/worker-process.ts');
await runWorker(addon, watched);
