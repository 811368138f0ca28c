import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { afterEach } from 'vitest';
import { certificate } from './certificate.ts';

/** A server on the loopback of the test process, closed with all its connections when the test ends. */
export interface Backend {
  readonly port: number;
  /** What each connection has said so far, in the order they came. */
  readonly heard: readonly string[];
  /** Names that came in TLS handshakes. */
  readonly names: readonly (string | false | null)[];
  /** Resolves when the other side has closed every connection. */
  allClosed(): Promise<void>;
}

type Behaviour = (socket: Socket) => void;

const open = new Set<{ readonly server: Server; readonly sockets: Set<Socket> }>();

/** @param behaviour called once the request has come */
export const backend = (behaviour: Behaviour): Promise<Backend> =>
  serve(createServer({ allowHalfOpen: true }), 'connection', behaviour);

export const tlsBackend = (behaviour: Behaviour): Promise<Backend> =>
  serve(createTlsServer({ ...certificate, minVersion: 'TLSv1.2' }), 'secureConnection', behaviour);

/** A port that nobody listens on any more. */
export async function refusingPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = addressOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

afterEach(() => {
  for (const { server, sockets } of open) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
  open.clear();
});

async function serve(
  server: Server,
  event: 'connection' | 'secureConnection',
  behaviour: Behaviour,
): Promise<Backend> {
  const sockets = new Set<Socket>();
  const closings: Promise<unknown>[] = [];
  const heard: string[] = [];
  const names: (string | false | null)[] = [];
  open.add({ server, sockets });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    closings.push(new Promise((closed) => socket.once('close', closed)));
    // What a checker that has seen enough does to us is its right.
    socket.on('error', () => socket.destroy());
    socket.once('end', () => socket.end());
  });
  server.on('tlsClientError', () => undefined);
  server.on(event, (socket: Socket | TLSSocket) => {
    const index = heard.push('') - 1;
    if ('servername' in socket) names.push(socket.servername ?? null);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      heard[index] += chunk.toString('latin1');
      if (heard[index]?.endsWith('\r\n\r\n') === true) behaviour(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: addressOf(server).port,
    heard,
    names,
    allClosed: async () => {
      await Promise.all(closings);
    },
  };
}

function addressOf(server: Server): AddressInfo {
  const where = server.address();
  if (where === null || typeof where === 'string') throw new TypeError('the server does not listen');
  return where;
}
