import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlSocket, openControl } from '../../src/control/control.ts';
import { createLogger } from '../../src/log/logger.ts';
import { office } from './office.ts';

const folder = mkdtempSync(join(tmpdir(), `holdfast-garbage-${process.pid}-`));
const path = join(folder, 'control.sock');
const here = office();
let socket: ControlSocket | undefined;
beforeAll(async () => {
  const logger = createLogger({ outputs: [here.events], detail: true, pid: 1, now: () => 0 });
  socket = await openControl(path, here.desk, here.events, logger);
});
afterAll(() => {
  socket?.close();
  rmSync(folder, { recursive: true });
});

/** Sends all of it, says that nothing more comes, and waits until the daemon has hung up. */
function send(bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const client = connect(path);
    let answer = '';
    client.on('data', (data) => {
      answer += data.toString('latin1');
    });
    client.on('error', () => undefined);
    client.on('close', () => resolve(answer));
    client.end(bytes);
  });
}

const word = fc.oneof(
  fc.constantFrom(
    'GET',
    'POST',
    'PUT',
    '/v1/status',
    '/v1/servers',
    '/v1/events?last=1',
    '/v1/instances/VI_1/handover',
  ),
  fc.constantFrom(
    ' ',
    '\r\n',
    '\r\n\r\n',
    'HTTP/1.1',
    'HTTP/9.9',
    'Host: x',
    'Connection: close',
    'Expect: 100-continue',
  ),
  fc.constantFrom(
    'Content-Length: 5',
    'Content-Length: -1',
    'Transfer-Encoding: chunked',
    'Upgrade: websocket',
    '5\r\n',
    '{"on":true}',
  ),
  fc.string({ maxLength: 20 }),
);
const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.array(word, { maxLength: 25 }).map((words) => Buffer.from(words.join(''))),
  fc
    .record({ method: fc.constantFrom('GET', 'POST'), target: fc.webPath(), body: fc.json() })
    .map(({ method, target, body }) =>
      Buffer.from(
        `${method} ${target || '/'} HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      ),
    ),
);

test('whatever somebody sends, it is answered or cut off, and no bug comes to light', async () => {
  await fc.assert(
    fc.asyncProperty(garbage, async (bytes) => {
      const answer = await send(bytes);
      return answer === '' || answer.startsWith('HTTP/1.1 ');
    }),
    { numRuns: 300 },
  );
  expect(here.events.after(0, 9999).filter(({ id }) => id === 'control-bug')).toEqual([]);
  const last = await send(Buffer.from('GET /v1/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
  expect(last).toContain('HTTP/1.1 200');
});
