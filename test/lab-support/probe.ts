import { createInterface } from 'node:readline';
import type { ProbeReport } from './helper/probe.ts';
import { helperProgram } from './helper-program.ts';
import type { Network } from './network.ts';

/** One request of the client. Times in microseconds of CLOCK_MONOTONIC. */
export interface Request {
  readonly started: number;
  readonly ended: number;
  readonly outcome: 'answered' | 'lost';
  /** Who answered, or what went wrong. */
  readonly detail: string;
}

export interface Probe {
  readonly requests: readonly Request[];
  /** Requests started in the span that were lost. Sure only when `settled` is later. */
  readonly lost: (from: number, to?: number) => readonly Request[];
  /** Requests started in the span that were answered. */
  readonly answered: (from: number, to?: number) => readonly Request[];
  /** Longest time in the span without service: from the start of a lost request to the next answer; 0 if none. */
  readonly outage: (from: number, to?: number) => number;
  /** Every request that began before this moment has ended, in microseconds. */
  readonly settled: () => number;
  readonly stop: () => void;
}

export interface ProbePlan {
  /** Requests a second. */
  readonly rate?: number;
  readonly port?: number;
  /** Milliseconds after which a request without an answer is lost. */
  readonly timeout?: number;
}

/** Starts a client that makes new connections to `address` at a steady rate, from the namespace `client`. */
export function startProbe(network: Network, address: string, plan: ProbePlan = {}): Probe {
  const { rate = 150, port = 80, timeout = 1000 } = plan;
  const requests: Request[] = [];
  let settled = 0;
  const words = [port, rate, timeout].map(String);
  const child = network.start('client', helperProgram('probe', address, ...words), { stdin: 'pipe' });
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      const report: ProbeReport = JSON.parse(line);
      for (const [started, ended, outcome, detail] of report.finished) {
        requests.push({ started, ended, outcome, detail });
      }
      settled = report.settled;
    });
  }
  const startedIn = (from: number, to: number): readonly Request[] =>
    requests.filter((request) => request.started >= from && request.started < to);
  return {
    requests,
    lost: (from, to = Infinity) => startedIn(from, to).filter((request) => request.outcome === 'lost'),
    answered: (from, to = Infinity) =>
      startedIn(from, to).filter((request) => request.outcome === 'answered'),
    outage: (from, to = Infinity) => longestOutage(startedIn(from, to)),
    settled: () => settled,
    stop: () => child.kill('SIGKILL'),
  };
}

function longestOutage(requests: readonly Request[]): number {
  let longest = 0;
  let since: number | undefined;
  for (const request of [...requests].sort((a, b) => a.started - b.started)) {
    if (request.outcome === 'lost') since ??= request.started;
    else if (since !== undefined) {
      longest = Math.max(longest, request.ended - since);
      since = undefined;
    }
  }
  const last = requests.at(-1);
  return since === undefined || last === undefined ? longest : Math.max(longest, last.ended - since);
}
