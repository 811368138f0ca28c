import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { nodeBinary } from '../../scripts/other-node.mjs';

const exercise = fileURLToPath(new URL('../../packages/native/test/fixtures/exercise.mjs', import.meta.url));

test.for([20, 22, 24])('the prebuilt addon loads and works on Node %i', async (major, { skip }) => {
  const node = await nodeBinary(major).catch((error: unknown) => String(error));
  if (!node.startsWith('/')) skip(`Node ${major} could not be fetched from npm: ${node.split('\n')[0]}`);
  const { stdout } = await promisify(execFile)(node, [exercise], { timeout: 60_000 });
  expect(stdout.trim()).toBe(`node ${major}, socket beef, timer, signal 63, EINVAL bind 22`);
});
