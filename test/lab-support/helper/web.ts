import { createServer } from 'node:http';

/** A small web service that answers with its own name. @param args name, port */
export function web([name = '', port = '80']: readonly string[]): void {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' }).end(`${name}\n`);
  });
  server.on('error', (error) => {
    process.stderr.write(`web service ${name}: ${error.message}\n`);
    process.exit(1);
  });
  server.listen(Number(port), () => process.stdout.write('listening\n'));
}
