import { createInterface } from 'node:readline';
import { helperProgram } from './helper-program.ts';
import type { Network } from './network.ts';

export interface EchoProbe {
  /** Longest time in the span between two answers, in microseconds; both ends of the span count as answers. */
  readonly outage: (from: number, to: number) => number;
  readonly stop: () => void;
}

/** Has the client ask `address` for an ICMP echo every millisecond. */
export function startEchoProbe(network: Network, address: string): EchoProbe {
  const answers: number[] = [];
  const child = network.start('client', helperProgram('echo', address), { stdin: 'pipe' });
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      const came: readonly number[] = JSON.parse(line);
      answers.push(...came);
    });
  }
  return {
    outage(from, to) {
      const inside = [from, ...answers.filter((at) => at > from && at < to), to];
      return Math.max(...inside.slice(1).map((at, index) => at - (inside[index] ?? at)));
    },
    stop: () => child.kill('SIGKILL'),
  };
}
