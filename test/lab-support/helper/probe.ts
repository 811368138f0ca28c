import { connect } from 'node:net';
import { monotonicMicros } from '../monotonic.ts';

/** One request: [started, ended] in microseconds, what came of it, and who answered or what went wrong. */
export type ProbeRecord = readonly [number, number, 'answered' | 'lost', string];

const timeout = 1000;
const reportEvery = 50;

/**
 * Makes a new connection for every request, at a steady rate, and prints what came of them as JSON, one array of
 * records a line. A request is lost when it is refused, reset or not answered whole within 1 s.
 * @param args address, port, requests a second
 */
export function probe([address = '', port = '80', rate = '100']: readonly string[]): void {
  const finished: ProbeRecord[] = [];
  const period = 1e6 / Number(rate);
  let next = monotonicMicros();
  const startDue = (): void => {
    const now = monotonicMicros();
    // After a stall of the machine, start over instead of catching up with a burst.
    if (now - next > 100_000) next = now;
    for (; next <= now; next += period) request(address, Number(port), (record) => finished.push(record));
    setTimeout(startDue, Math.max(1, (next - monotonicMicros()) / 1000));
  };
  startDue();
  setInterval(() => {
    if (finished.length > 0) process.stdout.write(`${JSON.stringify(finished.splice(0))}\n`);
  }, reportEvery);
}

function request(address: string, port: number, done: (record: ProbeRecord) => void): void {
  const started = monotonicMicros();
  let text = '';
  let over = false;
  const socket = connect({ host: address, port, noDelay: true });
  const finish = (outcome: 'answered' | 'lost', detail: string): void => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    socket.destroy();
    done([started, monotonicMicros(), outcome, detail]);
  };
  const timer = setTimeout(() => finish('lost', 'no answer in 1 s'), timeout);
  socket.setEncoding('latin1');
  socket.on('connect', () => socket.write(`GET / HTTP/1.1\r\nHost: ${address}\r\nConnection: close\r\n\r\n`));
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('end', () => {
    const answer = /^HTTP\/1\.1 200 [\s\S]*?\r\n\r\n(?:[\da-f]+\r\n)?([^\r\n]+)/.exec(text)?.[1];
    if (answer === undefined) finish('lost', 'no whole answer');
    else finish('answered', answer);
  });
  socket.on('error', (error) => finish('lost', 'code' in error ? String(error.code) : error.message));
}
