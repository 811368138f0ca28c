import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { event, refusal, status } from '../../src/control/api/index.ts';
import { type ControlSocket, openControl } from '../../src/control/control.ts';
import { longestBody } from '../../src/control/http/body.ts';
import { socketPath } from '../../src/control/socket-file.ts';
import { createLogger } from '../../src/log/logger.ts';
import { office } from './office.ts';

const folder = mkdtempSync(join(tmpdir(), `holdfast-control-${process.pid}-`));
const path = join(folder, 'control.sock');
let here: ReturnType<typeof office>;
let socket: ControlSocket | undefined;

afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  here = office();
  socket = await opened(path);
});
afterEach(() => socket?.close());

const said = (): readonly string[] => here.events.after(0, 99).map(({ text }) => text);
const opened = (at: string) => {
  const logger = createLogger({ outputs: [here.events], detail: true, pid: 1, now: () => 0 });
  return openControl(at, here.desk, here.events, logger);
};

/** Sends bytes as they are, and gives all that comes back until the end. */
function talk(...parts: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    const client = connect(path);
    let answer = '';
    client.on('data', (bytes) => {
      answer += bytes.toString();
    });
    client.on('error', () => undefined);
    client.on('close', () => resolve(answer));
    for (const part of parts) client.write(part);
  });
}

const get = (target: string): Promise<string> =>
  talk(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
const post = (target: string, body: string): Promise<string> =>
  talk(
    `POST ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
const codeOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
const bodyOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));

test('it is for root and a group, and nobody else', () => {
  expect(statSync(path).mode & 0o777).toBe(0o660);
  expect(said().join()).toContain(`Control socket ${path}, for root`);
});

test('a status is what the API says', async () => {
  const answer = await get('/v1/status');
  expect(codeOf(answer)).toBe(200);
  expect(status.parse(bodyOf(answer)).instances).toHaveLength(1);
});

test('many clients at the same time cost the workers one question', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => get('/v1/status')));
  expect(answers.map(codeOf)).toEqual(Array(50).fill(200));
  expect(here.told.filter(({ kind }) => kind === 'statistics')).toHaveLength(2);
});

test('who orders something sees it at once', async () => {
  await get('/v1/status');
  const order = { virtualServer: '10.0.0.1:80', realServer: '10.0.1.1', action: 'drain' };
  expect(codeOf(await post('/v1/servers', JSON.stringify(order)))).toBe(200);
  const { pools } = status.parse(bodyOf(await get('/v1/status')));
  expect(pools[0]?.realServers[0]?.override).toEqual({ kind: 'drain' });
});

describe('bad requests are told what is wrong, and what to do', () => {
  const huge = 'x'.repeat(longestBody + 1);
  test.each([
    ['no HTTP', () => talk('\u0000\u0001\u0002 garbage\r\n\r\n'), 400, 'this is no HTTP request'],
    ['TLS', () => talk(Buffer.from('16030100a5010000a10303', 'hex')), 400, 'this is no HTTP request'],
    ['a huge head', () => get(`/${'x'.repeat(20_000)}`), 413, 'head of a request'],
    ['a huge body', () => post('/v1/servers', huge), 413, 'a body may have 16384 bytes'],
    [
      'a huge body without a length',
      () =>
        talk(
          'POST /v1/servers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
          `${huge.length.toString(16)}\r\n${huge}\r\n`,
        ),
      413,
      'a body may have 16384 bytes',
    ],
    ['no JSON', () => post('/v1/servers', '{'), 400, 'no JSON'],
    ['an empty body', () => post('/v1/servers', ''), 400, 'no JSON'],
    ['another shape', () => post('/v1/servers', '{}'), 400, 'does not fit'],
    ['a wrong query', () => get('/v1/events?since=-1'), 400, 'does not fit'],
    ['an unknown query', () => get('/v1/events?sinse=1'), 400, 'does not fit'],
    ['nothing there', () => get('/v2/status'), 404, 'there is nothing at /v2/status'],
    ['another method', () => post('/v1/status', '{}'), 405, 'not asked for with POST'],
    ['an unknown instance', () => get('/v1/instances/VI_2/why'), 404, 'no vrrp_instance VI_2'],
  ])('%s', async (_, ask, code, message) => {
    const answer = await ask();
    expect(codeOf(answer), answer.slice(0, 300)).toBe(code);
    const { error } = refusal.parse(bodyOf(answer));
    expect(error.message).toContain(message);
    expect(error.remedy).not.toBe('');
    expect(codeOf(await get('/v1/status')), 'the next one is served').toBe(200);
  });
});

test('a client that goes in the middle of its body is no bug of ours', async () => {
  const client = connect(path);
  client.write('POST /v1/servers HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half":');
  await get('/v1/status');
  client.destroy();
  await get('/v1/status');
  await get('/v1/status');
  expect(here.events.after(0, 99).filter(({ id }) => id === 'control-bug')).toEqual([]);
});

test('a bug of ours is told to the client and to the log, and the daemon goes on', async () => {
  here.desk.why = () => Promise.reject(new RangeError('on purpose'));
  const answer = await get('/v1/instances/VI_1/why');
  expect(codeOf(answer)).toBe(500);
  expect(refusal.parse(bodyOf(answer)).error.code).toBe('internal-error');
  expect(said().join()).toContain('on purpose');
  expect(codeOf(await get('/v1/status'))).toBe(200);
});

describe('events', () => {
  const add = (text: string): void =>
    here.events.add({ at: 0, source: 'core', level: 'info', id: 'x', text });
  const lines = (answer: string): readonly string[] =>
    answer
      .split(/\r?\n/)
      .filter((line) => line.startsWith('{'))
      .map((line) => event.parse(JSON.parse(line)).text);

  test.each([
    ['', ['one', 'two', 'three']],
    ['?last=2', ['two', 'three']],
    ['?last=0', []],
    ['?since=SECOND', ['three']],
    ['?since=999999', []],
  ])('that are kept: /v1/events%s', async (query, expected) => {
    const before = here.events.latest;
    for (const text of ['one', 'two', 'three']) add(text);
    const answer = await get(`/v1/events${query.replace('SECOND', String(before + 2))}`);
    expect(lines(answer).filter((text) => !text.startsWith('Control socket'))).toEqual(expected);
  });

  test('that come are told to all who follow, until the daemon closes', async () => {
    add('before');
    const followers = Array.from({ length: 20 }, () => get('/v1/events?follow=true&last=1'));
    await get('/v1/status');
    add('after');
    await get('/v1/status');
    socket?.close();
    expect((await Promise.all(followers)).map(lines)).toEqual(Array(20).fill(['before', 'after']));
  });

  test('a client that does not read is told and dropped, and costs no memory', async () => {
    const client = connect(path);
    client.pause();
    client.write('GET /v1/events?follow=true HTTP/1.1\r\nHost: x\r\n\r\n');
    await get('/v1/status');
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 20_000; i++) {
      add(`event ${i} ${'x'.repeat(200)}`);
      if (i % 500 === 0) await get('/v2');
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
    let answer = '';
    client.on('data', (bytes) => {
      answer += bytes.toString();
    });
    client.resume();
    await new Promise((resolve) => client.on('close', resolve));
    expect(answer).toContain('"id":"events-lost"');
    expect(answer).toContain('ask again with since=');
  });
});

test.each([
  [undefined, undefined, '/run/holdfast/control.sock'],
  [undefined, '/run/keepalived.pid', '/run/holdfast/control.sock'],
  [undefined, '/var/run/keepalived.pid', '/run/holdfast/control.sock'],
  [undefined, '/tmp/a.pid', '/tmp/a.pid.sock'],
  ['/tmp/b.sock', '/tmp/a.pid', '/tmp/b.sock'],
  ['none', undefined, undefined],
])('--control-socket %s and -p %s: it is %s', (wanted, pidFile, expected) => {
  expect(socketPath(wanted, pidFile)).toBe(expected);
});

describe('more clients than there is room for are told to come later', () => {
  const crowd: Socket[] = [];
  const come = (count: number, request: string): Promise<unknown> =>
    Promise.all(
      Array.from({ length: count }, () => {
        const client = connect(path);
        client.on('error', () => undefined);
        crowd.push(client);
        client.write(request);
        return new Promise((resolve) => client.once(request === '' ? 'connect' : 'data', resolve));
      }),
    );
  afterEach(() => {
    for (const client of crowd.splice(0)) client.destroy();
  });

  test('129 who follow the events: the status is still served', async () => {
    await come(128, 'GET /v1/events?follow=true HTTP/1.1\r\nHost: x\r\n\r\n');
    const answer = await get('/v1/events?follow=true');
    expect(codeOf(answer)).toBe(503);
    expect(refusal.parse(bodyOf(answer)).error.message).toBe('128 clients follow the events');
    expect(codeOf(await get('/v1/status'))).toBe(200);
    for (const client of crowd.splice(0, 10)) client.destroy();
    await get('/v1/status');
    await come(1, 'GET /v1/events?follow=true HTTP/1.1\r\nHost: x\r\n\r\n');
  });

  test('257 who are connected', async () => {
    await come(256, '');
    const answer = await get('/v1/status');
    expect(codeOf(answer)).toBe(503);
    expect(refusal.parse(bodyOf(answer)).error.code).toBe('too-many-clients');
    for (const client of crowd.splice(0)) client.destroy();
    await get('/v1/status');
    expect(codeOf(await get('/v1/status'))).toBe(200);
  });
});

describe('the socket file', () => {
  test('of a dead daemon is replaced', async () => {
    const old = join(folder, 'old.sock');
    // Killed: nobody removes it.
    const listen = `require('node:net').createServer().listen(${JSON.stringify(old)}, die)`;
    const program = `const die = () => process.kill(process.pid, 'SIGKILL'); ${listen}`;
    spawnSync(process.execPath, ['-e', program]);
    expect(existsSync(old)).toBe(true);
    const ours = await opened(old);
    expect(ours).toBeDefined();
    ours?.close();
    expect(existsSync(old), 'and goes at the end').toBe(false);
  });

  test('at which another program listens is left alone', async () => {
    const other = createServer();
    const taken = join(folder, 'taken.sock');
    await new Promise<void>((resolve) => other.listen(taken, resolve));
    expect(await opened(taken)).toBeUndefined();
    expect(said().join()).toContain('another program listens there; name another place');
    expect(existsSync(taken)).toBe(true);
    await new Promise((resolve) => other.close(resolve));
  });

  test.each([
    ['a path that is too long', () => join(folder, 'x'.repeat(120)), 'the path is longer than 107 bytes'],
    [
      'a file of another kind',
      () => {
        const file = join(folder, 'file');
        writeFileSync(file, 'precious');
        return file;
      },
      'EADDRINUSE: something that is no socket of ours stands there',
    ],
    [
      'a directory that is a file',
      () => '/dev/null/control.sock',
      'EEXIST: a part of the path is no directory',
    ],
  ])('%s: the daemon goes on without, and says why', async (_, place, why) => {
    expect(await opened(place())).toBeUndefined();
    expect(said().join()).toContain(`: ${why}`);
    expect(said().join()).toContain('--control-socket');
  });

  test('none is made where none is wanted', async () => {
    const logger = createLogger({ outputs: [here.events], detail: true, pid: 1, now: () => 0 });
    expect(await openControl(undefined, here.desk, here.events, logger)).toBeUndefined();
  });

  test('goes with the daemon', () => {
    chmodSync(path, 0o600);
    socket?.close();
    expect(existsSync(path)).toBe(false);
  });
});
