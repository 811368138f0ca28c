import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { fail, ok, type Result } from '@holdfast/kit';
import { socketTrouble } from '../socket-file.ts';
import { type Reply, refuse } from './reply.ts';

/** Answers a request: with a reply, or by taking the response over. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<Reply | 'taken'>;

export interface ControlServer {
  /** How many clients are connected. */
  readonly clients: number;
  /** Takes no new clients, drops those that are there, removes the socket. */
  close(): void;
}

/** Bounds of what clients may cost. Times in milliseconds. */
export const limits = {
  /** More than this are told to come later; */
  clients: 256,
  /** and many more than this are not even told. */
  connections: 512,
  headerBytes: 8192,
  headersTime: 5000,
  requestTime: 10_000,
  /** Without a byte read or written. */
  idleTime: 10_000,
} as const;

/**
 * Listens. Nothing that a client does (garbage, silence, not reading) costs more than its bounded share.
 * @param onBug an exception in the handler: the client is told, the daemon goes on
 */
export async function openServer(
  path: string,
  handler: Handler,
  onBug: (error: unknown) => void,
): Promise<Result<ControlServer, string>> {
  // Loaded only now: VRRP does not wait for it.
  const { createServer } = await import('node:http');
  const sockets = new Set<Socket>();
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTime,
    requestTimeout: limits.requestTime,
    keepAliveTimeout: limits.headersTime,
    connectionsCheckingInterval: 1000,
  });
  server.maxConnections = limits.connections;
  server.timeout = limits.idleTime;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('clientError', refuseGarbage);
  server.on('request', (request, response) => {
    const answer = sockets.size > limits.clients ? Promise.resolve(crowded()) : handler(request, response);
    answer.then(
      (given) => given === 'taken' || send(response, given),
      (error: unknown) => {
        onBug(error);
        send(response, broken());
      },
    );
  });
  const listening = await listen(server, path);
  if (!listening.ok) return listening;
  return ok({
    get clients() {
      return sockets.size;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
}

function listen(server: Server, path: string): Promise<Result<void, string>> {
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(fail(socketTrouble(error))));
    server.listen(path, () => {
      // The daemon's life does not depend on it.
      server.unref();
      server.removeAllListeners('error').on('error', () => undefined);
      resolve(ok(undefined));
    });
  });
}

/** @param response which the handler has not touched */
function send(response: ServerResponse, { status, body }: Reply): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const isRefused = status >= 400;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    // What is left of a refused request is not read.
    ...(isRefused ? { connection: 'close' } : {}),
  });
  response.end(body);
}

const crowded = (): Reply =>
  refuse('too-many-clients', `more than ${limits.clients} clients are connected`, 'come again in a moment');

const broken = (): Reply =>
  refuse('internal-error', 'the daemon failed to answer; it goes on', 'its log says what happened');

/** What is no HTTP, too long, or comes too slowly. */
function refuseGarbage(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const { body, status } = refusalOf(error.code);
  const head = `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  socket.end(Buffer.concat([Buffer.from(head), body]));
}

function refusalOf(code: string | undefined): Reply {
  if (code === 'HPE_HEADER_OVERFLOW')
    return refuse('too-large', `the head of a request may have ${limits.headerBytes} bytes`, 'send less');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return refuse(
      'too-slow',
      `a request must be here within ${limits.requestTime / 1000} s`,
      'send it at once',
    );
  return refuse('bad-request', 'this is no HTTP request', 'try: holdfast status');
}
