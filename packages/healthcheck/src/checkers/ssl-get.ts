import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { type Attempt, attempt } from './attempt.ts';
import { converse, type HttpTask } from './http-get.ts';
import { secureContext } from './secure-context.ts';
import type { After, Done, RunningCheck } from './types.ts';

/** SSL_GET: as HTTP_GET over TLS of any version; the certificate is not verified. */
export const sslGet = (task: HttpTask, after: After, done: Done): RunningCheck =>
  attempt(task.checker.target, after, done, (connected) => shakeHands(task, connected));

function shakeHands(task: HttpTask, { socket, finish, within }: Attempt): void {
  const name = serverName(task);
  const context = secureContext(task.checker.tlsClient);
  if (!context.ok) {
    finish({ kind: 'local-error', reason: context.error });
    return;
  }
  const stream = connect({
    socket,
    secureContext: context.value,
    rejectUnauthorized: false,
    ...(name === undefined ? {} : { servername: name }),
  });
  stream.on('error', (error: NodeJS.ErrnoException) =>
    finish({ kind: 'failure', reason: `TLS failed: ${error.code ?? error.message}` }),
  );
  // Ended before the handshake was: no 'error' comes of that.
  stream.once('close', () => finish({ kind: 'failure', reason: 'TLS failed: the peer has closed' }));
  stream.once('secureConnect', () => {
    const over: Attempt = {
      socket,
      within,
      finish(result) {
        // keepalived.conf(5) tls_compliant: close_notify before the end; otherwise a quiet shutdown.
        if (task.url.tlsCompliant ?? task.checker.tlsCompliant) stream.end();
        finish(result);
        stream.destroy();
      },
    };
    converse(task, over, stream, {
      restartedByChunks: false,
      onEnd: (then) => void stream.once('end', then),
    });
  });
  within(task.checker.target.connectTimeout, 'the TLS handshake');
}

/**
 * `enable_sni`: `sni_name`, else the `virtualhost` of url, checker, virtual server; the real server's is not asked.
 * An address is no name (RFC 6066 §3).
 */
export function serverName({ checker, url, virtualServerHost }: HttpTask): string | undefined {
  if (!checker.enableSni) return undefined;
  const name = checker.sniName ?? url.virtualhost ?? checker.virtualhost ?? virtualServerHost;
  return name === undefined || isIP(name) !== 0 ? undefined : name;
}
