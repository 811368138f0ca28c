import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';
import { describeWith } from '../support/requirements.ts';
import { runInUml } from '../uml/uml.ts';
import { addonFile, bundleText } from './support/bundle.ts';

/** HOLDFAST_POOL_STORIES: how many; so many TOGETHER to a daemon; HOLDFAST_POOL_BATCH: the first daemon's seed. */
const count = Number(process.env['HOLDFAST_POOL_STORIES'] ?? 20);
const first = Number(process.env['HOLDFAST_POOL_BATCH'] ?? 1);
const steps = Number(process.env['HOLDFAST_POOL_STEPS'] ?? 1);
const together = Number(process.env['HOLDFAST_POOL_TOGETHER'] ?? 20);
/** Seconds that a step may take, and that a guest needs besides. */
const [longestStep, start] = [60, 60];
const batches = Array.from({ length: Math.ceil(count / together) }, (_, i) => first + i);
const timeout = 1000 * (start + longestStep * (steps + 1));

describeWith(
  { root: true, tools: ['linux.uml', 'modprobe'] },
  'random stories of pools in a real kernel',
  () => {
    test.each(batches)(
      'batch %i: after each step the table is what the model says',
      { timeout },
      async (seed) => {
        const size = Math.min(together, count - (seed - first) * together);
        const {
          status,
          stdout,
          stderr,
          console: said,
        } = await runInUml({
          command: [
            '/bin/sh',
            '-c',
            `mkdir /tmp/s; exec ${process.execPath} $SCRATCH/stories.mjs ${join(rootFolder, 'dist/holdfastd.mjs')} /tmp/s ${seed} ${size} ${steps}`,
          ],
          modules: ['ip_vs', ...['rr', 'wrr', 'lc', 'wlc', 'sh'].map((name) => `ip_vs_${name}`)],
          files: {
            'stories.mjs': await bundleText('test/system/programs/pool-stories.ts'),
            'holdfast.node': await readFile(addonFile() ?? ''),
          },
          memory: '768M',
          timeoutMilliseconds: timeout,
        });
        const again = `HOLDFAST_POOL_BATCH=${seed} HOLDFAST_POOL_STORIES=${size} HOLDFAST_POOL_TOGETHER=${size} HOLDFAST_POOL_STEPS=${steps} shows it`;
        expect(status, `${again}\n${stderr}\n${stdout}\n${said}`).toBe(0);
        process.stdout.write(stdout);
      },
    );
  },
);
