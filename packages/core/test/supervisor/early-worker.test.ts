import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { startEarlyWorker } from '../../src/supervisor/early-worker.ts';
import { workerForker } from '../../src/supervisor/worker-process.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'early-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = (text: string): string => {
  const path = join(folder, 'worker.mjs');
  writeFileSync(path, text);
  return path;
};

/** Tells by a file that its parent's kernel has all it said at first. */
const talkative = `
  import { writeFileSync } from 'node:fs';
  process.on('message', (said) => { process.send('heard ' + said); process.exit(0); });
  process.send('one');
  process.send('two', () => writeFileSync(new URL('./spoken', import.meta.url), ''));
`;

test('what an early worker says before anybody listens is heard first, and it is told what follows', async () => {
  const path = program(talkative);
  const early = startEarlyWorker(path, process.env);
  const heard: string[] = [];
  await vi.waitFor(() => expect(existsSync(join(folder, 'spoken'))).toBe(true), { timeout: 10_000 });
  const ended = new Promise<void>((resolve) => {
    const worker = workerForker<string, string>(
      path,
      process.env,
      z.string(),
      early,
    )({
      onMessage: (message) => {
        heard.push(message);
        if (message === 'two') worker.send('hello');
      },
      onNonsense: (text) => heard.push(`nonsense ${text}`),
      onErrorOutput: (line) => heard.push(line),
      onEnded: () => resolve(),
    });
  });
  await ended;
  expect(heard).toEqual(['one', 'two', 'heard hello']);
});

test('it is handed over once; discarded it ends', async () => {
  const early = startEarlyWorker(program('setInterval(() => undefined, 1000);'), process.env);
  const taken = early.take();
  expect(early.take()).toBeUndefined();
  taken?.child.kill('SIGKILL');
  const other = startEarlyWorker(program('setInterval(() => undefined, 1000);'), process.env);
  other.discard();
  expect(other.take()).toBeUndefined();
});
