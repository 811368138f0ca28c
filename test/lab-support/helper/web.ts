import { createServer, type ServerResponse } from 'node:http';

/** How often a download goes on, in milliseconds. */
const downloadPace = 200;

/**
 * A small web service that answers with its own name; the download at /hold never ends, its name a line.
 * @param args name, port
 */
export function web([name = '', port = '80']: readonly string[]): void {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' });
    if (request.url === '/hold') download(response, name);
    else response.end(`${name}\n`);
  });
  server.on('error', (error) => {
    process.stderr.write(`web service ${name}: ${error.message}\n`);
    process.exit(1);
  });
  server.listen(Number(port), () => process.stdout.write('listening\n'));
}

function download(response: ServerResponse, name: string): void {
  const send = (): void => {
    response.write(`${name}\n`);
  };
  const timer = setInterval(send, downloadPace);
  response.on('close', () => clearInterval(timer));
  send();
}
