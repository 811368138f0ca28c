import { openIpvs } from '../../../packages/ipvs-netlink/src/index.ts';
import { seededRandom } from '../../../packages/kit/src/index.ts';
import type { Chances } from '../../pool-stories/story.ts';
import { Batch } from '../support/story-batch.ts';

/**
 * Random stories side by side in one daemon, over this machine's kernel: `pool-stories.mjs HOLDFASTD FOLDER SEED COUNT
 * STEPS`. After each step the table has to be what the model says, and to stay so. Says on stdout what it has done, or
 * the first story that went wrong with its steps.
 */
const [program = '', folder = '', seedText = '', countText = '', stepsText = ''] = process.argv.slice(2);
const [seed, count, steps] = [Number(seedText), Number(countText), Number(stepsText)];
const random = seededRandom(seed);
const opened = await openIpvs();
if (!opened.ok) {
  process.stderr.write(`no IPVS here: ${opened.error.reason}\n`);
  process.exit(2);
}
const batch = new Batch({ program, folder, seed, count, ipvs: opened.value });
const began = performance.now();
let wrong = await batch.start();
for (let i = 0; i < steps && wrong === undefined; i++) wrong = await batch.step(chances());
wrong = (await batch.stop()) ?? wrong;
if (wrong !== undefined) process.stderr.write(`batch ${seed}: ${wrong}\n`);
const passed = Math.round((performance.now() - began) / 100) / 10;
process.stdout.write(`${JSON.stringify({ seed, count, seconds: passed, ...batch.figures })}\n`);
process.exit(wrong === undefined ? 0 : 1);

/** What one daemon does for all its stories. `kill`: milliseconds after the rest. */
function chances(): Chances {
  return {
    kill: random.chance(0.4) ? random.pick([0, 0, 20, 100, 500]) : undefined,
    reload: random.chance(0.6),
    flush: random.chance(0.1),
  };
}
