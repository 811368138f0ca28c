import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** Backends on addresses of this machine, by the subject of a checker: `TCP_CHECK 127.1.2.3:8000`. */
export class StoryBackends {
  readonly #listening = new Map<string, Listener>();

  /** A web server that is down may still listen, and answer that it is. */
  async set(subject: string, isUp: boolean): Promise<void> {
    const [kind = '', endpoint = ''] = subject.split(' ');
    const [host = '', port = ''] = endpoint.split(':');
    const isDeaf = !isUp && (kind !== 'HTTP_GET' || Number(host.at(-1)) % 2 === 0);
    const known = this.#listening.get(subject);
    if (known !== undefined) known.isUp = isUp;
    if (isDeaf && known !== undefined) {
      this.#listening.delete(subject);
      await close(known);
    }
    if (!isDeaf && known === undefined) {
      const listener: Listener = { server: createServer(), sockets: new Set(), isUp };
      this.#listening.set(subject, listener);
      await listen(listener, host, Number(port), kind === 'HTTP_GET');
    }
  }

  get count(): number {
    return this.#listening.size;
  }
}

interface Listener {
  readonly server: Server;
  readonly sockets: Set<Socket>;
  isUp: boolean;
}

async function listen(listener: Listener, host: string, port: number, isWeb: boolean): Promise<void> {
  const { server, sockets } = listener;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    if (isWeb)
      socket.once('data', () => socket.end(`HTTP/1.0 ${listener.isUp ? '200 OK' : '503 Busy'}\r\n\r\nhello`));
    else socket.resume();
  });
  server.listen(port, host);
  await once(server, 'listening');
}

async function close({ server, sockets }: Listener): Promise<void> {
  server.close();
  for (const socket of sockets) socket.resetAndDestroy();
  if (server.listening || sockets.size > 0) await once(server, 'close');
}
