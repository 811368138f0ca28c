import { once } from 'node:events';
import { createServer } from 'node:net';
import type { CheckTarget } from '../../../packages/config/src/lvs-types.ts';
import { tcpCheck } from '../../../packages/healthcheck/src/checkers/tcp-check.ts';
import type { After } from '../../../packages/healthcheck/src/checkers/types.ts';
import type { CheckResult } from '../../../packages/healthcheck/src/logic/types.ts';
import { address, seconds, toMillis } from '../../../packages/kit/src/index.ts';

/**
 * TCP_CHECKs of a server on the loopback, each from where its options say; how each ended, and where the server saw it
 * come from, as one JSON text on stdout. The options are the argument: a JSON list.
 */
type Origin = Partial<Pick<CheckTarget, 'bindInterface' | 'fwmark' | 'bindPort'>>;

const origins: readonly Origin[] = JSON.parse(process.argv[2] ?? '[]');
const seen: (number | undefined)[] = [];
const server = createServer((socket) => {
  seen.push(socket.remotePort);
  socket.on('error', () => undefined);
  socket.on('end', () => socket.end()).resume();
}).listen(8080, '127.0.0.1');
await once(server, 'listening');

const after: After = (length, then) => {
  const timer = setTimeout(then, toMillis(length));
  return () => clearTimeout(timer);
};
const check = (origin: Origin): Promise<CheckResult> =>
  new Promise((done) => {
    const target: CheckTarget = {
      address: address('127.0.0.1'),
      port: 8080,
      bindTo: undefined,
      bindPort: undefined,
      bindInterface: undefined,
      fwmark: undefined,
      connectTimeout: seconds(0.5),
      ...origin,
    };
    tcpCheck(target, after, done);
  });

const ends: CheckResult[] = [];
for (const origin of origins) {
  const came = once(server, 'connection');
  const end = await check(origin);
  if (end.kind === 'success') await came;
  ends.push(end);
}
server.close();
process.stdout.write(JSON.stringify({ ends, ports: seen.slice(-3) }));
