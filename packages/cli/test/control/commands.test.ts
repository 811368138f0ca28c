import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { program } from '../../src/program.ts';

const folder = mkdtempSync(join(tmpdir(), `holdfast-cli-${process.pid}-`));
const path = join(folder, 'd.sock');
afterAll(() => rmSync(folder, { recursive: true }));

/** What the daemon answers: to each request alike, or by its path. */
type Answer = { readonly status: number; readonly text: string };
let answer: Answer | ((path: string) => Answer) = { status: 200, text: '' };
let asked: string[] = [];
let server: Server | undefined;
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes) => {
      body += String(bytes);
    });
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`.trim());
      const { status, text } = typeof answer === 'function' ? answer(request.url ?? '') : answer;
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server?.listen(path, resolve));
});
afterEach(() => new Promise((resolve) => server?.close(resolve)));

/** Runs a command line, and tells what it wrote and its status. */
async function run(...words: readonly string[]) {
  const told = { out: '', err: '', status: -1 };
  const command = program({
    environment: { HOLDFAST_SOCKET: path },
    directory: '/',
    isTerminal: false,
    write: (text) => {
      told.out += text;
    },
    writeError: (text) => {
      told.err += text;
    },
    exit: (status) => {
      told.status = status;
    },
  });
  await command.parseAsync([...words], { from: 'user' });
  return told;
}

const handed = { instance: 'VI 1', handedOver: true, state: 'BACKUP', carriedOut: true, text: 'it is so' };
const ordered = { virtualServer: 'v', realServer: 'r', override: null, carriedOut: true, text: 'it is done' };
const refused = { error: { code: 'not-found', message: 'there is no VI_2', remedy: 'did you mean VI_1?' } };

test.each([
  [['handover', 'VI 1'], handed, 'POST /v1/instances/VI%201/handover {"on":true}'],
  [['handover', 'VI 1', '--back'], handed, 'POST /v1/instances/VI%201/handover {"on":false}'],
  [
    ['server', 'drain', 'v', 'r'],
    ordered,
    'POST /v1/servers {"virtualServer":"v","realServer":"r","action":"drain"}',
  ],
  [
    ['server', 'weight', 'v', 'r', '0'],
    ordered,
    'POST /v1/servers {"virtualServer":"v","realServer":"r","action":"weight","weight":0}',
  ],
])('holdfast %j asks for what it says, and says what came of it', async (words, given, request) => {
  answer = { status: 200, text: JSON.stringify(given) };
  expect(await run(...words)).toEqual({ out: `${given.text}\n`, err: '', status: 0 });
  expect(asked).toEqual([request]);
});

test('handover --all asks for each instance, and goes on after one that fails', async () => {
  const instance = (name: string): object => ({
    name,
    interface: 'eth0',
    virtualRouterId: 1,
    version: 2,
    state: 'MASTER',
    since: null,
    why: null,
    priority: { configured: 100, effective: 100 },
    handedOver: false,
    source: null,
    master: null,
    addresses: [],
    tracked: [],
    faults: [],
    statistics: null,
  });
  const workers = { vrrp: null, healthcheck: null };
  const since = '2026-03-01T12:00:00.000Z';
  const daemon = { version: '1', pid: 1, since, configurationFile: 'f', lastReload: null, workers };
  const status = { daemon, instances: ['A', 'B', 'C'].map(instance), pools: [], notes: [] };
  answer = (path) => {
    if (path === '/v1/status') return { status: 200, text: JSON.stringify(status) };
    if (path.includes('/B/')) return { status: 404, text: JSON.stringify(refused) };
    return { status: 200, text: JSON.stringify(handed) };
  };
  const told = await run('handover', '--all');
  expect(told).toEqual({
    out: 'it is so\nit is so\n',
    err: 'holdfast: there is no VI_2; did you mean VI_1?\n',
    status: 1,
  });
  expect(asked.slice(1)).toEqual(
    ['A', 'B', 'C'].map((name) => `POST /v1/instances/${name}/handover {"on":true}`),
  );
});

test('--json gives the answer as it is', async () => {
  answer = { status: 200, text: JSON.stringify(handed) };
  expect(JSON.parse((await run('handover', 'x', '--json')).out)).toEqual(handed);
});

test('events are printed line by line, to the end', async () => {
  const event = (sequence: number) => ({
    sequence,
    at: '2026-03-01T12:00:00.000Z',
    source: 'core',
    level: 'info',
    id: 'x',
    text: `event ${sequence}`,
    fields: {},
  });
  answer = { status: 200, text: [1, 2].map((n) => `${JSON.stringify(event(n))}\n`).join('') };
  const told = await run('events', '-n', '2');
  expect(told.out.trim().split('\n')).toHaveLength(2);
  expect(told).toMatchObject({ err: '', status: 0 });
  expect(asked).toEqual(['GET /v1/events?last=2&follow=false']);
});

test.each([
  [['why', 'VI_2'], 404, JSON.stringify(refused), 'holdfast: there is no VI_2; did you mean VI_1?\n'],
  [['status'], 200, '{"daemon":{}}', 'does not understand; use the holdfast program of the same version'],
  [['status'], 200, 'no JSON', 'does not understand'],
  [['events'], 404, JSON.stringify(refused), 'there is no VI_2'],
  [['status'], 500, 'oops', 'the daemon refuses: oops'],
])('holdfast %j answered with %i %s says so in one sentence', async (words, status, text, sentence) => {
  answer = { status, text };
  const told = await run(...words);
  expect(told.err).toContain(sentence);
  expect(told.err.trim().split('\n')).toHaveLength(1);
  expect(told).toMatchObject({ out: '', status: 1 });
});

test.each([
  [['server', 'explode', 'v', 'r'], 'explode is no action; write drain, disable, enable or weight'],
  [['server', 'weight', 'v', 'r'], 'weight needs a number'],
  [['server', 'drain', 'v', 'r', '5'], 'drain takes no number'],
  [['handover'], 'no instance is named; name one instance, or write --all'],
  [['handover', 'VI_1', '--all'], 'both given'],
])('holdfast %j is a mistake of its own: nothing is asked', async (words, sentence) => {
  const told = await run(...words);
  expect(told.err).toContain(sentence);
  expect(told.status).toBe(1);
  expect(asked).toEqual([]);
});

test('no daemon: it says how to find one', async () => {
  const told = await run('status', '--socket', join(folder, 'none.sock'));
  expect(told.err).toContain('no daemon answers: there is no');
  expect(told.err).toContain('start holdfastd');
  expect(told.status).toBe(1);
});
