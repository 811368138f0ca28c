import { execFileSync } from 'node:child_process';
import { address } from '@holdfast/kit';

/** What `-i` says, to both. */
export const configId = 'r1';

/** The interfaces of the network namespace that the fuzzer runs in. */
export const interfaces = new Map([
  ['lo', []],
  ['eth0', [{ address: address('10.0.0.2'), prefixLength: 24 }]],
  ['eth1', []],
]);

/** Makes them: in a namespace of our own, never in that of the machine. */
export function makeInterfaces(): void {
  const ip = (...words: readonly string[]): void => {
    execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'inherit'] });
  };
  for (const name of ['eth0', 'eth1']) {
    ip('link', 'add', name, 'type', 'bridge');
    ip('link', 'set', name, 'up');
  }
  ip('link', 'set', 'lo', 'up');
  ip('addr', 'add', '10.0.0.2/24', 'dev', 'eth0');
}
