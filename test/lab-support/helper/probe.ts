import { connect } from 'node:net';
import { monotonicMicros } from '../monotonic.ts';

/** One request: [started, ended] in microseconds, what came of it, and who answered or what went wrong. */
export type ProbeRecord = readonly [number, number, 'answered' | 'lost', string];

/** What has become known since the last report. */
export interface ProbeReport {
  readonly finished: readonly ProbeRecord[];
  /** Every request that began before this moment has ended, in microseconds. */
  readonly settled: number;
}

const reportEvery = 50;

/**
 * Makes a new connection for every request, at a steady rate, and prints what came of them, a report of JSON a line. A
 * request is lost when it is refused, reset or not answered whole in time.
 * @param args address, port, requests a second, milliseconds that a request may take
 */
export function probe([address = '', port = '80', rate = '100', timeout = '1000']: readonly string[]): void {
  const finished: ProbeRecord[] = [];
  // When the requests under way began, in that order.
  const underWay = new Map<number, number>();
  let count = 0;
  const period = 1e6 / Number(rate);
  let next = monotonicMicros();
  const startDue = (): void => {
    const now = monotonicMicros();
    // After a stall of the machine, start over instead of catching up with a burst.
    if (now - next > 100_000) next = now;
    for (; next <= now; next += period) start();
    setTimeout(startDue, Math.max(1, (next - monotonicMicros()) / 1000));
  };
  const start = (): void => {
    const started = monotonicMicros();
    const id = count++;
    underWay.set(id, started);
    request({ address, port: Number(port), timeout: Number(timeout), started }, (record) => {
      underWay.delete(id);
      finished.push(record);
    });
  };
  startDue();
  setInterval(() => {
    const [settled = monotonicMicros()] = underWay.values();
    const report: ProbeReport = { finished: finished.splice(0), settled };
    process.stdout.write(`${JSON.stringify(report)}\n`);
  }, reportEvery);
}

interface Order {
  readonly address: string;
  readonly port: number;
  /** Milliseconds. */
  readonly timeout: number;
  /** Microseconds of CLOCK_MONOTONIC. */
  readonly started: number;
}

function request({ address, port, timeout, started }: Order, done: (record: ProbeRecord) => void): void {
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
  const timer = setTimeout(() => finish('lost', `no answer in ${timeout / 1000} s`), timeout);
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
