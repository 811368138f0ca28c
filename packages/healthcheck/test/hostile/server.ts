import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { certificate } from '../support/certificate.ts';
import { type Behaviour, behaviours } from './behaviours.ts';

/** A program: every hostile peer on a port of its own; says which as JSON, and ends with its stdin. */
const ports: Record<string, number> = {};
for (const [name, behaviour] of Object.entries(behaviours)) ports[name] = await serve(behaviour);
process.stdout.write(`${JSON.stringify(ports)}\n`);
process.stdin.on('end', () => process.exit(0)).resume();

async function serve({ when, act }: Behaviour): Promise<number> {
  let count = 0;
  const server = when === 'tls' ? createTlsServer({ ...certificate }) : createServer({ allowHalfOpen: true });
  server.on('tlsClientError', () => undefined);
  server.on(when === 'tls' ? 'secureConnection' : 'connection', (socket: Socket) => {
    socket.on('error', () => socket.destroy());
    if (when === 'accept') act(socket, count++);
    else socket.once('data', () => act(socket, count++));
    socket.resume();
  });
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 });
  await once(server, 'listening');
  const where: AddressInfo | string | null = server.address();
  return where === null || typeof where === 'string' ? 0 : where.port;
}
