import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { nodeBinary } from '../../scripts/other-node.mjs';

const exercise = fileURLToPath(new URL('../../packages/native/test/fixtures/exercise.mjs', import.meta.url));

test.each([20, 22, 24])('the prebuilt addon loads and works on Node %i', async (major) => {
  const { stdout } = await promisify(execFile)(await nodeBinary(major), [exercise], { timeout: 60_000 });
  expect(stdout.trim()).toBe(`node ${major}, socket beef, timer, signal 63, EINVAL bind 22`);
});
