import type { ChildProcess } from 'node:child_process';
import { helperProgram } from './helper-program.ts';
import type { Network } from './network.ts';
import { until } from './until.ts';

export interface WebService {
  readonly start: () => Promise<void>;
  /** Ends it at once, as a crash would. */
  readonly kill: () => void;
  readonly isUp: () => boolean;
}

/** A web service on a router, on all its addresses, answering with the router's name. Not started yet. */
export function webService(network: Network, host: string, port = 80): WebService {
  let child: ChildProcess | undefined;
  let listening = false;
  return {
    async start() {
      child = network.start(host, helperProgram('web', host, String(port)), { stdin: 'pipe' });
      child.stdout?.once('data', () => {
        listening = true;
      });
      child.once('exit', () => {
        listening = false;
      });
      await until(`the web service on ${host} listens`, 30_000, () => listening);
    },
    kill() {
      child?.kill('SIGKILL');
    },
    isUp: () => listening,
  };
}
