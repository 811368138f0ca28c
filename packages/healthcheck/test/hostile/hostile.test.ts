import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { behaviours } from './behaviours.ts';

/** HOLDFAST_HOSTILE_CHECKS: how many checks of hostile peers. */
const checks = Number(process.env['HOLDFAST_HOSTILE_CHECKS'] ?? 42 * Object.keys(behaviours).length);
const atOnce = Math.min(checks > 10_000 ? 200 : 100, checks);

let folder = '';
let server: ChildProcess;
let ports = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-hostile-'));
  await build({
    entryPoints: ['server.ts', 'soak.ts'].map((name) => fileURLToPath(new URL(name, import.meta.url))),
    ...{ outdir: folder, outExtension: { '.js': '.mjs' }, logLevel: 'error' },
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20' },
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
    },
  });
  server = spawn(process.execPath, [join(folder, 'server.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (server.stdout === null) throw new TypeError('no pipe from the server');
  for await (const line of createInterface({ input: server.stdout })) {
    ports = line;
    break;
  }
});
afterAll(async () => {
  server.stdin?.end();
  await rm(folder, { recursive: true });
});

test(`${checks} checks of hostile peers: the right verdicts, in time, and nothing is left of them`, {
  timeout: 3_600_000,
}, async () => {
  const argv = ['--expose-gc', join(folder, 'soak.mjs'), ports, String(checks), String(atOnce)];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  const said = JSON.parse(stdout);
  if (process.env['HOLDFAST_HOSTILE_CHECKS'] !== undefined) process.stdout.write(stdout);
  expect(said.wrong).toEqual({});
  expect(said.descriptors.after).toBe(said.descriptors.before);
  expect(said.resources.after).toEqual(said.resources.before);
  // Connecting, shaking hands and the answer, each in its time; and what this machine was late.
  const bound = 1000 + 4 * said.longestDelay;
  for (const [name, length] of Object.entries(said.longest)) expect(length, name).toBeLessThan(bound);
});
