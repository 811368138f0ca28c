import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Checker } from '@holdfast/config';
import { millis } from '@holdfast/kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CheckResult } from '../../src/logic/types.ts';
import { startCheck } from '../../src/system/start-check.ts';
import { pace, realServer, virtualServer } from '../logic/virtual-servers.ts';
import { httpChecker, target } from '../support/checker.ts';

/** A backend in a process of its own, which is not held up with this one. */
const program = `
require('node:net').createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.on('data', () => socket.end('HTTP/1.0 200 OK\\r\\n\\r\\n'));
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
process.stdin.on('end', () => process.exit(0)).resume();
`;
let backend: ChildProcess;
let port = 0;

beforeAll(async () => {
  backend = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (backend.stdout === null) throw new TypeError('no pipe from the backend');
  for await (const line of createInterface({ input: backend.stdout })) {
    port = Number(line);
    break;
  }
});
afterAll(() => void backend.stdin?.end());

test.each([
  // the check                                                                        what it is told
  ['TCP_CHECK', 'a connection that stands'],
  ['HTTP_GET', 'an answer that has come'],
] as const)(
  '%s: a process that was held up longer than connect_timeout still reads %s',
  async (kind, _what) => {
    const end = await check(kind, () => {
      // Connected, asked and answered: all of it while this process does nothing.
      const held = new Int32Array(new SharedArrayBuffer(4));
      Atomics.wait(held, 0, 0, 400);
    });
    expect(end).toEqual({ kind: 'success' });
  },
);

/** @param hold called once the check is under way: for HTTP_GET when its request has left */
function check(kind: 'TCP_CHECK' | 'HTTP_GET', hold: () => void): Promise<CheckResult> {
  const short = target(port, { connectTimeout: millis(100) });
  const what: Checker =
    kind === 'TCP_CHECK'
      ? { kind, target: short, pace }
      : { ...httpChecker(port, { target: short }), pace: { ...pace, delayLoop: millis(100) } };
  const of = virtualServer({ realServers: [realServer(1, { checkers: [what] })] });
  return new Promise((resolve) => {
    startCheck({ kind: 'check', run: 1, server: 0, checker: 0, what, url: 0 }, of, resolve);
    // Two turns: connected and asked.
    if (kind === 'TCP_CHECK') process.nextTick(hold);
    else setImmediate(() => setImmediate(() => setImmediate(hold)));
  });
}
