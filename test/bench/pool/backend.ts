import { createServer } from 'node:net';
import { checkedPort } from './pool-text.ts';

/** One process that answers for all real servers: whoever sends gets an answer over HTTP, whoever does not gets none. */
export function serve(): void {
  const answer = 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok';
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer));
  });
  server.listen({ port: checkedPort, backlog: 4096 }, () => process.send?.('ready'));
}
