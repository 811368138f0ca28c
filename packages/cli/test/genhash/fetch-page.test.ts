import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { GenhashRequest } from '../../src/genhash/arguments.ts';
import { fetchPage } from '../../src/genhash/fetch-page.ts';

/** MD5 of `hello world\n`, by md5sum(1). */
const helloDigest = '6f5902ac237024bdd0c176cb93063dc4';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that answers each connection in its own way, and what it was asked. */
async function serverThat(answer: (socket: Socket) => void): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      asked.push(bytes.toString());
      answer(socket);
    });
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, asked };
}

const request = (port: number, more: Partial<GenhashRequest> = {}): GenhashRequest => ({
  server: '127.0.0.1',
  port,
  url: '/page',
  useSsl: false,
  useSni: false,
  virtualHost: undefined,
  protocol: '1.0',
  timeout: 5,
  verbose: false,
  ...more,
});

test.each([
  ['whole', ['HTTP/1.0 200 OK\r\n\r\nhello world\n']],
  ['in pieces', ['HTTP/1.0 200 O', 'K\r\n\r', '\nhello', ' world\n']],
  ['with more than it announced', ['HTTP/1.0 200 OK\r\nContent-Length: 12\r\n\r\nhello world\nand more']],
  ['with another status', ['HTTP/1.1 404 Not Found\r\n\r\nhello world\n']],
])('a page that comes %s has the digest of its body', async (_, parts) => {
  const { port, asked } = await serverThat((socket) => {
    for (const part of parts) socket.write(part);
    socket.end();
  });
  expect(await fetchPage(request(port))).toMatchObject({ ok: true, value: { digest: helloDigest } });
  expect(asked).toEqual([
    `GET /page HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
  ]);
});

test('the virtual host is who is asked for, in the version that was wanted', async () => {
  const { port, asked } = await serverThat((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  await fetchPage(request(port, { virtualHost: 'www.example.org', protocol: '1.1' }));
  expect(asked).toEqual([
    'GET /page HTTP/1.1\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: www.example.org\r\n\r\n',
  ]);
});

test.each([
  ['closes before its header is complete', (socket: Socket) => socket.end('HTTP/1.0 200'), 'closed before'],
  ['resets', (socket: Socket) => socket.resetAndDestroy(), 'broke'],
  ['sends no end of a header', (socket: Socket) => socket.write('x'.repeat(20_000)), 'no end of its header'],
])('a server that %s gives no digest', async (_, answer, reason) => {
  const { port } = await serverThat(answer);
  const page = await fetchPage(request(port));
  expect(page.ok ? '' : page.error).toContain(reason);
});

test('a server that speaks no TLS is named so', async () => {
  const { port } = await serverThat((socket) => socket.end('HTTP/1.0 400 Bad Request\r\n\r\n'));
  const page = await fetchPage(request(port, { useSsl: true }));
  expect(page.ok ? '' : page.error).toContain('SSL handshake');
});

test('nobody there is a failure with its errno', async () => {
  const { port } = await serverThat(() => undefined);
  const [server] = servers.splice(0);
  server?.close();
  const page = await fetchPage(request(port));
  expect(page.ok ? '' : page.error).toBe('Connection failed: ECONNREFUSED');
});
