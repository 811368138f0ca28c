import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { HttpChecker } from '@holdfast/config';
import { address, seconds } from '@holdfast/kit';
import { beforeEach, describe, expect, test } from 'vitest';
import { connectFailure } from '../../src/checkers/connect-failure.ts';
import { httpGet } from '../../src/checkers/http-get.ts';
import { sslGet } from '../../src/checkers/ssl-get.ts';
import { tcpCheck } from '../../src/checkers/tcp-check.ts';
import type { Done, RunningCheck } from '../../src/checkers/types.ts';
import type { CheckResult } from '../../src/logic/types.ts';
import { backend, refusingPort, tlsBackend } from '../support/backend.ts';
import { httpChecker, target, task, url } from '../support/checker.ts';
import { type HandClock, handClock } from '../support/hand-clock.ts';

const hello = '5d41402abc4b2a76b9719d911017c592';
let clock: HandClock;
beforeEach(() => {
  clock = handClock();
});

describe('TCP_CHECK', () => {
  test('is content with a connection, says nothing over it and closes it', async () => {
    const peer = await backend(() => undefined);
    expect(await result((done) => tcpCheck(target(peer.port), clock.after, done))).toEqual({
      kind: 'success',
    });
    await peer.allClosed();
    expect(peer.heard.join('')).toBe('');
    expect(clock.pending).toBe(0);
  });

  test('fails where nobody listens', async () => {
    const port = await refusingPort();
    expect(await result((done) => tcpCheck(target(port), clock.after, done))).toEqual({
      kind: 'failure',
      reason: `connect failed: ECONNREFUSED (127.0.0.1:${port})`,
    });
    expect(clock.pending).toBe(0);
  });

  test('an address that is not here cannot be bound to: that says nothing about the peer', async () => {
    const from = target(80, { bindTo: address('192.0.2.77') });
    expect(await result((done) => tcpCheck(from, clock.after, done))).toMatchObject({
      kind: 'local-error',
      reason: expect.stringContaining('EADDRNOTAVAIL'),
    });
  });

  test('comes from where it is told to', async () => {
    const sources: (string | undefined)[] = [];
    const server = createServer((socket) => {
      sources.push(socket.remoteAddress);
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const where = server.address();
    const port = where === null || typeof where === 'string' ? 0 : where.port;
    const came = once(server, 'connection');
    await result((done) => tcpCheck(target(port, { bindTo: address('127.0.0.3') }), clock.after, done));
    await came;
    expect(sources).toEqual(['127.0.0.3']);
    server.close();
  });

  test('a cancelled one is silent', async () => {
    const peer = await backend(() => undefined);
    const told: CheckResult[] = [];
    const running = tcpCheck(target(peer.port), clock.after, (end) => told.push(end));
    running.cancel();
    running.cancel();
    await result((done) => tcpCheck(target(peer.port), clock.after, done));
    expect(told).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test('a connection that does not come in connect_timeout is a failure', async () => {
    const ends: CheckResult[] = [];
    tcpCheck(target(9, { connectTimeout: seconds(3) }), clock.after, (end) => ends.push(end));
    clock.pass(seconds(2));
    expect(ends).toEqual([]);
    clock.pass(seconds(1));
    expect(ends).toEqual([{ kind: 'failure', reason: 'timeout: connecting took more than 3 s' }]);
  });

  test.each([
    // code        call      at once  meaning
    ['ECONNREFUSED', 'connect', false, 'failure'],
    ['ENETUNREACH', 'connect', true, 'failure'],
    ['EHOSTUNREACH', 'connect', true, 'failure'],
    ['EACCES', 'connect', true, 'local-error'],
    ['EACCES', 'connect', false, 'failure'],
    ['EADDRNOTAVAIL', 'connect', true, 'local-error'],
    ['EADDRINUSE', 'bind', true, 'local-error'],
    ['EMFILE', 'connect', true, 'local-error'],
  ] as const)('%s of %s, at once %s, is a %s', (code, syscall, atOnce, kind) => {
    expect(connectFailure({ code, syscall, message: '' }, target(80), atOnce).kind).toBe(kind);
  });
});

const ask = (checker: HttpChecker, asked = url()): Promise<CheckResult> =>
  result((done) => (checker.kind === 'HTTP_GET' ? httpGet : sslGet)(task(checker, asked), clock.after, done));
const answering =
  (...parts: readonly string[]) =>
  (socket: Socket): void => {
    for (const part of parts) socket.write(part);
    socket.end();
  };

describe.each([
  ['HTTP_GET', backend],
  ['SSL_GET', tlsBackend],
] as const)('%s', (kind, start) => {
  test.each([
    // answer, in writes                                             url                     result
    ['a good answer', ['HTTP/1.0 200 OK\r\n\r\nhello'], { digest: hello }, 'success'],
    ['one in pieces', ['HTTP/1.', '0 200 OK\r\n', '\r', '\nhel', 'lo'], { digest: hello }, 'success'],
    ['another body', ['HTTP/1.0 200 OK\r\n\r\nhallo'], { digest: hello }, 'failure'],
    ['another status', ['HTTP/1.0 503 Busy\r\n\r\n'], {}, 'failure'],
    ['garbage', ['\u0000\u0001\u0002 garbage'], {}, 'failure'],
    ['chunked garbage', ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'], {}, 'success'],
    ['half a header', ['HTTP/1.0 200 OK\r\nServer: x'], {}, 'failure'],
    ['nothing', [], {}, 'failure'],
    ['less than announced', ['HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nhello'], {}, 'success'],
  ] as const)('of %s', async (_, parts, asked, wanted) => {
    const peer = await start(answering(...parts));
    expect((await ask(httpChecker(peer.port, { kind }), url(asked))).kind).toBe(wanted);
    await peer.allClosed();
    expect(peer.heard).toEqual([
      `GET / HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: 127.0.0.1:${peer.port}\r\n\r\n`,
    ]);
    expect(clock.pending).toBe(0);
  });

  test('a body of megabytes is hashed as it comes', async () => {
    const peer = await start(
      answering('HTTP/1.0 200 OK\r\n\r\n', ...Array<string>(64).fill('x'.repeat(65_536))),
    );
    const digest = createHash('md5')
      .update('x'.repeat(64 * 65_536))
      .digest('hex');
    const end = await ask(httpChecker(peer.port, { kind }), url({ digest }));
    expect(end).toEqual({ kind: 'success' });
  });

  test('a header without end is given up', async () => {
    const peer = await start((socket) => void socket.write('x'.repeat(30_000)));
    expect((await ask(httpChecker(peer.port, { kind }))).kind).toBe('failure');
    await peer.allClosed();
  });

  test('what came of an answer that breaks off is not the body', async () => {
    const peer = await start(
      (socket) => void socket.write('HTTP/1.0 200 OK\r\n\r\nhel', () => socket.destroy()),
    );
    expect((await ask(httpChecker(peer.port, { kind }), url({ digest: hello }))).kind).toBe('failure');
    await peer.allClosed();
  });

  test('a peer that is silent fails after connect_timeout and is left', async () => {
    let told: (() => void) | undefined;
    const requested = new Promise<void>((resolve) => {
      told = resolve;
    });
    const peer = await start(() => told?.());
    const end = ask(httpChecker(peer.port, { kind }));
    await requested;
    clock.pass(seconds(5));
    expect(await end).toEqual({ kind: 'failure', reason: 'timeout: the answer for / took more than 5 s' });
    await peer.allClosed();
    expect(clock.pending).toBe(0);
  });

  test('a cancelled one is silent, and its connection closed', async () => {
    let told: (() => void) | undefined;
    const requested = new Promise<void>((resolve) => {
      told = resolve;
    });
    const peer = await start(() => told?.());
    const ends: CheckResult[] = [];
    const running = (kind === 'HTTP_GET' ? httpGet : sslGet)(
      task(httpChecker(peer.port, { kind })),
      clock.after,
      (end) => ends.push(end),
    );
    await requested;
    running.cancel();
    await peer.allClosed();
    expect(ends).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

test('HTTP_GET: a peer that goes on for ever fails when the next check would be due', async () => {
  let socket: Socket | undefined;
  const peer = await backend((connected) => {
    socket = connected;
    connected.write('HTTP/1.0 200 OK\r\n\r\n');
  });
  const asked = task(httpChecker(peer.port), url(), { delayLoop: seconds(7) });
  let told: (() => void) | undefined;
  const after = (...args: Parameters<typeof clock.after>) => {
    told?.();
    return clock.after(...args);
  };
  const nextWait = () =>
    new Promise<void>((resolve) => {
      told = resolve;
    });
  const end = result((done) => httpGet(asked, after, done));
  await nextWait();
  await nextWait();
  clock.pass(seconds(4));
  socket?.write('x');
  await nextWait();
  clock.pass(seconds(3));
  expect(await end).toEqual({ kind: 'failure', reason: 'timeout: the answer for / does not end' });
  await peer.allClosed();
  expect(clock.pending).toBe(0);
});

describe('SSL_GET', () => {
  test('names the server that it asks', async () => {
    const peer = await tlsBackend(answering('HTTP/1.0 200 OK\r\n\r\n'));
    await ask(httpChecker(peer.port, { kind: 'SSL_GET', enableSni: true, sniName: 'shop.example' }));
    await ask(httpChecker(peer.port, { kind: 'SSL_GET' }));
    expect(peer.names).toEqual(['shop.example', false]);
  });

  test('a peer that answers bit by bit has no more time for that', async () => {
    let came: ((socket: Socket) => void) | undefined;
    const met = new Promise<Socket>((resolve) => {
      came = resolve;
    });
    const peer = await tlsBackend((socket) => came?.(socket));
    const end = ask(httpChecker(peer.port, { kind: 'SSL_GET' }));
    const socket = await met;
    clock.pass(seconds(3));
    await new Promise((written) => socket.write('HTTP/1.0 ', written));
    for (let i = 0; i < 20; i++) await new Promise((turn) => setImmediate(turn));
    clock.pass(seconds(2));
    expect(await end).toEqual({ kind: 'failure', reason: 'timeout: the answer for / took more than 5 s' });
  });

  test('with tls_compliant it succeeds as well', async () => {
    const peer = await tlsBackend(answering('HTTP/1.0 200 OK\r\n\r\n'));
    expect(await ask(httpChecker(peer.port, { kind: 'SSL_GET', tlsCompliant: true }))).toEqual({
      kind: 'success',
    });
    await peer.allClosed();
  });

  test.each([
    ['speaks plain HTTP', (socket: Socket) => void socket.end('HTTP/1.0 400 Bad\r\n\r\n')],
    ['closes', (socket: Socket) => void socket.end()],
    ['resets', (socket: Socket) => void socket.resetAndDestroy()],
    ['sends an alert', (socket: Socket) => void socket.end(Buffer.from('15030300020228', 'hex'))],
  ])('fails with a peer that %s', async (_, behaviour) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => behaviour(socket));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const where = server.address();
    const port = where === null || typeof where === 'string' ? 0 : where.port;
    expect((await ask(httpChecker(port, { kind: 'SSL_GET' }))).kind).toBe('failure');
    expect(clock.pending).toBe(0);
    server.close();
    await once(server, 'close');
  });

  test('a peer that never shakes hands fails after connect_timeout', async () => {
    let came: ((socket: Socket) => void) | undefined;
    const met = new Promise<Socket>((resolve) => {
      came = resolve;
    });
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => came?.(socket));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const where = server.address();
    const port = where === null || typeof where === 'string' ? 0 : where.port;
    const end = ask(httpChecker(port, { kind: 'SSL_GET' }));
    const socket = await met;
    clock.pass(seconds(5));
    expect(await end).toEqual({ kind: 'failure', reason: 'timeout: the TLS handshake took more than 5 s' });
    if (!socket.destroyed) await new Promise((closed) => socket.once('close', closed));
    server.close();
    await once(server, 'close');
  });
});

/** @throws when a check ends twice */
function result(start: (done: Done) => RunningCheck): Promise<CheckResult> {
  return new Promise((resolve, reject) => {
    let ended = false;
    start((end) => {
      if (ended) reject(new TypeError(`ended twice: ${JSON.stringify(end)}`));
      ended = true;
      resolve(end);
    });
  });
}
