import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import type { TlsClient } from '@holdfast/config';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { secureContext } from '../../src/checkers/secure-context.ts';
import { sslGet } from '../../src/checkers/ssl-get.ts';
import type { CheckResult } from '../../src/logic/types.ts';
import { certificate } from '../support/certificate.ts';
import { httpChecker, task } from '../support/checker.ts';
import { handClock } from '../support/hand-clock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-tls-'));
  writeFileSync(join(folder, 'me.pem'), certificate.cert);
  writeFileSync(join(folder, 'me.key'), certificate.key);
  const secret = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' } as const;
  writeFileSync(join(folder, 'locked.key'), createPrivateKey(certificate.key).export(secret));
  writeFileSync(join(folder, 'nonsense.pem'), 'nonsense');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The files of `SSL { }` in the folder. */
const client = ({ password, ...files }: TlsClient): TlsClient => ({
  ...Object.fromEntries(
    Object.entries(files).map(([keyword, name]) => [keyword, join(folder, String(name))]),
  ),
  ...(password === undefined ? {} : { password }),
});

/** A check of a server that lets nobody in without the certificate, TLS 1.2 and 1.3. */
async function ask(tlsClient: TlsClient, maxVersion: 'TLSv1.2' | 'TLSv1.3'): Promise<CheckResult> {
  const server = createServer(
    { ...certificate, ca: certificate.cert, requestCert: true, rejectUnauthorized: true, maxVersion },
    (socket: TLSSocket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\n'));
    },
  ).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => undefined);
  await once(server, 'listening');
  const where = server.address();
  const port = where === null || typeof where === 'string' ? 0 : where.port;
  const checker = httpChecker(port, { kind: 'SSL_GET', tlsClient });
  const end = await new Promise<CheckResult>((done) => sslGet(task(checker), handClock().after, done));
  server.close();
  return end;
}

test.each([
  [{ certificate: 'me.pem', key: 'me.key' }, 'success'],
  [{ certificate: 'me.pem', key: 'locked.key', password: 'open sesame' }, 'success'],
  [{ certificate: 'me.pem', key: 'me.key', ca: 'me.pem' }, 'success'],
  [{}, 'failure'],
] as const)('SSL %j shown to a server that asks for a certificate: %s', async (files, expected) => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
    expect(await ask(client(files), version)).toMatchObject({ kind: expected });
});

test.each([
  [{ certificate: 'gone.pem', key: 'me.key' }, 'gone.pem cannot be used: ENOENT'],
  [{ certificate: 'me.pem', key: 'gone.key' }, 'gone.key cannot be used: ENOENT'],
  [{ ca: 'gone.pem' }, 'gone.pem cannot be used: ENOENT'],
  [{ certificate: 'nonsense.pem', key: 'me.key' }, 'nonsense.pem, key '],
  [{ certificate: 'me.pem', key: 'locked.key', password: 'wrong' }, 'locked.key cannot be used: '],
] as const)('SSL %j says nothing about the peer, but what is wrong here', async (files, text) => {
  const end = await ask(client(files), 'TLSv1.3');
  expect(end).toMatchObject({ kind: 'local-error', reason: expect.stringContaining(text) });
  expect(JSON.stringify(end)).not.toContain('sesame');
});

test('a certificate that was renewed is read again, one that is as it was is not', () => {
  const mine = client({ certificate: 'me.pem', key: 'me.key' });
  const [first, second] = [secureContext(mine), secureContext(mine)];
  expect(first.ok && second.ok && first.value === second.value).toBe(true);
  utimesSync(join(folder, 'me.pem'), 1, 1);
  const third = secureContext(mine);
  expect(first.ok && third.ok && first.value !== third.value).toBe(true);
});
