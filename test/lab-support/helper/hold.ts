import { get } from 'node:http';
import { monotonicMicros } from '../monotonic.ts';

const attempts = 50;

/**
 * Opens downloads from a virtual server until one is answered by the server that is wanted, lets go of the others, and
 * prints when more of it came: microseconds of CLOCK_MONOTONIC, a line each. Ends when the connection does.
 * @param args address, port, name of the server
 */
export function hold([address = '', port = '80', wanted = '']: readonly string[]): void {
  tryOnce(attempts);

  function tryOnce(left: number): void {
    if (left === 0) end(`${wanted} did not answer in ${attempts} connections`);
    const request = get({ host: address, port: Number(port), path: '/hold', agent: false }, (response) => {
      response.setEncoding('utf8');
      response.once('data', (first: string) => {
        if (!first.startsWith(wanted)) {
          request.destroy();
          tryOnce(left - 1);
          return;
        }
        tell();
        response.on('data', tell);
        response.on('end', () => end('the connection was closed'));
        response.on('error', (error) => end(error.message));
      });
      response.on('error', () => undefined);
    });
    request.on('error', () => setTimeout(tryOnce, 100, left - 1));
  }
}

const tell = (): void => {
  process.stdout.write(`${monotonicMicros()}\n`);
};

function end(why: string): never {
  process.stderr.write(`held connection: ${why}\n`);
  process.exit(1);
}
