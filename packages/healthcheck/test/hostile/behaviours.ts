import type { Socket } from 'node:net';

/** What a peer does to who asks it, and what must come of that. */
export interface Behaviour {
  readonly check: 'TCP_CHECK' | 'HTTP_GET' | 'SSL_GET';
  /** `tls`: once the handshake is done and the request has come; `raw`: with what came first; `accept`: at once. */
  readonly when: 'accept' | 'raw' | 'tls';
  /** @param count how many have come before: what is to be tried byte by byte goes on with each */
  readonly act: (socket: Socket, count: number) => void;
  /** `either`: as the kernel tells first of the connection or of its end. */
  readonly verdict: 'success' | 'failure' | 'either';
}

export const answer = 'HTTP/1.0 200 OK\r\nServer: backend\r\n\r\nhello';
/** MD5 of hello. */
export const digest = '5d41402abc4b2a76b9719d911017c592';

const http = (when: Behaviour['when'], act: Behaviour['act'], verdict: Behaviour['verdict'] = 'failure') =>
  ({ check: when === 'tls' ? 'SSL_GET' : 'HTTP_GET', when, act, verdict }) as const;
const tls = (act: Behaviour['act']) => ({ check: 'SSL_GET', when: 'raw', act, verdict: 'failure' }) as const;

/** Of the answer's bytes, one more with each who comes. */
const cut = (count: number, most = answer.length): string => answer.slice(0, count % most);
const wait = (socket: Socket, milliseconds: number, then: () => void): void => {
  const timer = setTimeout(then, milliseconds);
  socket.once('close', () => clearTimeout(timer));
};
const repeat = (socket: Socket, milliseconds: number, then: () => void): void => {
  const timer = setInterval(then, milliseconds);
  socket.once('close', () => clearInterval(timer));
};
/** The content type alert, of any version, level fatal. */
const alert = (description: number): Buffer => Buffer.from([21, 3, 3, 0, 2, 2, description % 256]);
const block = 'x'.repeat(16_384);

export const behaviours: Readonly<Record<string, Behaviour>> = {
  'a connection': { check: 'TCP_CHECK', when: 'accept', act: () => undefined, verdict: 'success' },
  'a connection that is reset at once': {
    check: 'TCP_CHECK',
    when: 'accept',
    act: (socket) => void socket.resetAndDestroy(),
    verdict: 'either',
  },
  'a good answer': http('raw', (socket) => void socket.end(answer), 'success'),
  silence: http('raw', () => undefined),
  'silence from the first moment': http('accept', () => undefined),
  'a slow loris': http('raw', (socket) => {
    let sent = 0;
    repeat(socket, 15, () => void socket.write(answer[sent++] ?? 'x'));
  }),
  'an endless header': http('raw', (socket) => {
    repeat(socket, 2, () => void socket.write('X-More: of the same\r\n'.repeat(100)));
  }),
  'an endless body': http('raw', (socket) => {
    socket.write('HTTP/1.0 200 OK\r\n\r\n');
    repeat(socket, 2, () => void socket.write(block));
  }),
  'an answer that promises more than it has': http('raw', (socket) => {
    socket.write('HTTP/1.0 200 OK\r\nContent-Length: 1000000000\r\n\r\nhello');
  }),
  'a garbage header': http('raw', (socket, count) => {
    socket.end(Buffer.from(Array.from({ length: 64 }, (_, i) => (i * 73 + count * 31) % 256)));
  }),
  'another protocol': http('raw', (socket) => void socket.end('220 mail.example ESMTP\r\n')),
  'a reset at each byte': http('raw', (socket, count) => {
    socket.write(cut(count), () => socket.resetAndDestroy());
  }),
  'a reset after all of it': http('raw', (socket) => {
    socket.write(answer, () => socket.resetAndDestroy());
  }),
  'an end at each byte': http('raw', (socket, count) => void socket.end(cut(count))),
  'a half that is closed': http('raw', (socket) => void socket.end()),
  'an end before the request': http('accept', (socket) => void socket.end()),
  'a reset before the request': http('accept', (socket) => void socket.resetAndDestroy()),
  'a redirect': http('raw', (socket) => void socket.end('HTTP/1.0 302 Found\r\nLocation: /\r\n\r\n')),
  'a huge redirect': http('raw', (socket) => {
    socket.end(`HTTP/1.0 302 Found\r\nLocation: http://example/${'a/'.repeat(500_000)}\r\n\r\n`);
  }),
  'a large redirect': http('raw', (socket) => {
    socket.end(`HTTP/1.0 302 Found\r\nLocation: http://example/${'a/'.repeat(7000)}\r\n\r\n`);
  }),
  'an answer after the time': http('raw', (socket) => wait(socket, 30_000, () => socket.end(answer))),
  'a good answer over TLS': http('tls', (socket) => void socket.end(answer), 'success'),
  'silence over TLS': http('tls', () => undefined),
  'an end at each byte over TLS': http('tls', (socket, count) => void socket.end(cut(count))),
  'an endless body over TLS': http('tls', (socket) => {
    socket.write('HTTP/1.0 200 OK\r\n\r\n');
    repeat(socket, 5, () => void socket.write(block));
  }),
  'a slow loris over TLS': http('tls', (socket) => {
    let sent = 0;
    repeat(socket, 15, () => void socket.write(answer[sent++] ?? 'x'));
  }),
  'a reset over TLS': http('tls', (socket, count) => {
    socket.write(cut(count), () => socket.destroy());
  }),
  'a TLS alert of each kind': tls((socket, count) => void socket.end(alert(count))),
  'a TLS alert and silence': tls((socket, count) => void socket.write(alert(count))),
  'plain HTTP in a handshake': tls((socket) => void socket.end('HTTP/1.0 400 Bad\r\n\r\n')),
  'garbage in a handshake': tls((socket, count) => {
    socket.write(Buffer.from(Array.from({ length: 64 }, (_, i) => (i * 73 + count * 31) % 256)));
  }),
  'half a record in a handshake': tls((socket) => void socket.write(Buffer.from([22, 3, 3, 64, 0, 2]))),
  'silence in a handshake': tls(() => undefined),
  'an end in a handshake': tls((socket) => void socket.end()),
  'a reset in a handshake': tls((socket) => void socket.resetAndDestroy()),
};
