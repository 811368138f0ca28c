import { createInterface } from 'node:readline';
import type { ProbeRecord } from './helper/probe.ts';
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
  /** Requests started in the span that were lost. Sure only 1 s after its end, the time-out of a request. */
  readonly lost: (from: number, to?: number) => readonly Request[];
  /** Requests started in the span that were answered. */
  readonly answered: (from: number, to?: number) => readonly Request[];
  /** Longest time in the span without service: from the start of a lost request to the next answer; 0 if none. */
  readonly outage: (from: number, to?: number) => number;
  readonly stop: () => void;
}

/** Starts a client that makes `rate` new connections a second to `address`, from the namespace `client`. */
export function startProbe(network: Network, address: string, rate = 150, port = 80): Probe {
  const requests: Request[] = [];
  const child = network.start('client', helperProgram('probe', address, String(port), String(rate)), {
    stdin: 'pipe',
  });
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      for (const [started, ended, outcome, detail] of parseRecords(line)) {
        requests.push({ started, ended, outcome, detail });
      }
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
    stop: () => child.kill('SIGKILL'),
  };
}

function parseRecords(line: string): readonly ProbeRecord[] {
  const records: readonly ProbeRecord[] = JSON.parse(line);
  return records;
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
