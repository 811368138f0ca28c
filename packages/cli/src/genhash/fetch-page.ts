import { isIP, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, createSecureContext } from 'node:tls';
import { httpRequest, responseReader } from '@holdfast/healthcheck/http';
import { fail, ok, type Result } from '@holdfast/kit';
import type { GenhashRequest } from './arguments.ts';

/** A page as HTTP_GET and SSL_GET would see it. */
export interface Page {
  /** MD5 of the body, 32 hexadecimal digits. */
  readonly digest: string;
  /** Header and body; kept only when it is to be shown. */
  readonly bytes: Buffer;
  /** From the request to the end of the answer, in microseconds. */
  readonly took: number;
}

/** Fetches a page once, over one connection, until the server closes. */
export function fetchPage(request: GenhashRequest): Promise<Result<Page, string>> {
  return new Promise((resolve) => {
    const socket = new Socket();
    const finish = (result: Result<Page, string>): void => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(request.timeout * 1000, () => finish(fail(`no answer within ${request.timeout} s`)));
    const connectFailed = (error: NodeJS.ErrnoException): void =>
      finish(fail(`Connection failed: ${error.code ?? error.message}`));
    socket.once('error', connectFailed);
    socket.connect(request.port, request.server, () => {
      socket.off('error', connectFailed);
      socket.on('error', (error) => finish(fail(`the connection broke: ${error.message}`)));
      if (request.useSsl) overTls(socket, request, finish);
      else ask(socket, request, finish);
    });
  });
}

function overTls(
  socket: Socket,
  request: GenhashRequest,
  finish: (result: Result<Page, string>) => void,
): void {
  const { useSni, virtualHost } = request;
  const stream = connectTls({
    socket,
    // As SSL_GET: any version, and no certificate is verified.
    secureContext: createSecureContext({ minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }),
    rejectUnauthorized: false,
    ...(useSni && virtualHost !== undefined && isIP(virtualHost) === 0 ? { servername: virtualHost } : {}),
  });
  stream.once('error', (error: NodeJS.ErrnoException) =>
    finish(fail(`SSL handshake/communication error: ${error.code ?? error.message}`)),
  );
  stream.once('secureConnect', () => ask(stream, request, finish));
}

function ask(stream: Duplex, request: GenhashRequest, finish: (result: Result<Page, string>) => void): void {
  const began = process.hrtime.bigint();
  const reader = responseReader(true);
  const kept: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    if (request.verbose) kept.push(chunk);
    if (!reader.push(chunk)) finish(fail('the answer has no end of its header'));
  });
  stream.once('end', () => {
    const response = reader.end();
    const took = Number((process.hrtime.bigint() - began) / 1000n);
    finish(
      response === undefined
        ? fail('the server closed before its header was complete')
        : ok({ digest: response.digest, bytes: Buffer.concat(kept), took }),
    );
  });
  const { server, port, url, protocol, virtualHost } = request;
  const endpoint = isIP(server) === 6 ? `[${server}]:${port}` : `${server}:${port}`;
  stream.write(httpRequest({ version: protocol, path: url, host: virtualHost ?? endpoint }));
}
