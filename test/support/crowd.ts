import { connect, type Socket } from 'node:net';
import { controlClient } from './control.ts';

/** What a crowd of clients has come to. */
export interface Crowd {
  /** Answers to GET /v1/status, and how long each took, in milliseconds. */
  readonly latencies: readonly number[];
  /** Lines of events that came. */
  readonly events: () => number;
  /** Ends all of them; resolves when they have ended. */
  readonly leave: () => Promise<void>;
}

export interface CrowdPlan {
  /** Clients that ask for the status again and again, without a pause. */
  readonly readers: number;
  /** Clients that follow the events. */
  readonly followers: number;
  /** Clients that follow the events and do not read. */
  readonly sleepers: number;
  /** Clients that send garbage and huge bodies, again and again. */
  readonly vandals: number;
}

/** Besieges a control socket. */
export function crowd(socketPath: string, plan: CrowdPlan): Crowd {
  const latencies: number[] = [];
  const sockets: Socket[] = [];
  let lines = 0;
  let left = false;
  const client = controlClient(socketPath);
  const follow = (): Socket => {
    const socket = connect(socketPath);
    socket.on('error', () => undefined);
    socket.write('GET /v1/events?follow=true HTTP/1.1\r\nHost: x\r\n\r\n');
    sockets.push(socket);
    return socket;
  };
  const each = (count: number, run: () => Promise<void>): Promise<void>[] =>
    Array.from({ length: count }, async () => {
      while (!left) await run();
    });

  for (let i = 0; i < plan.followers; i++) {
    follow().on('data', (bytes) => {
      lines += bytes.toString().split('\n').length - 1;
    });
  }
  for (let i = 0; i < plan.sleepers; i++) follow().pause();
  const work = [
    ...each(plan.readers, async () => {
      const since = performance.now();
      await client.status();
      latencies.push(performance.now() - since);
    }),
    ...each(plan.vandals, () => vandalise(socketPath)),
  ];
  return {
    latencies,
    events: () => lines,
    async leave() {
      left = true;
      for (const socket of sockets) socket.destroy();
      await Promise.all(work);
    },
  };
}

const nuisances: readonly string[] = [
  '\u0000\u0001garbage\r\n\r\n',
  `GET /${'x'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
  `POST /v1/servers HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n${'x'.repeat(100_000)}`,
  `POST /v1/servers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n${'{'.repeat(100_000)}\r\n`,
  'GET /v1/status HTTP/1.1\r\nHost: x\r\n',
];
let nuisance = 0;

/** One nuisance, until the daemon hangs up or a moment has passed. */
function vandalise(socketPath: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.resume();
    socket.write(nuisances[nuisance++ % nuisances.length] ?? '');
    setTimeout(() => socket.destroy(), 200);
  });
}

/** The value below which this share of all lies; 0 of none. @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
