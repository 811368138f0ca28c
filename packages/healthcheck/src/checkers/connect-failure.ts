import type { CheckTarget } from '@holdfast/config';
import { familyOf } from '@holdfast/kit';
import type { CheckResult } from '../logic/types.ts';

/** What a socket reports: an errno's name and the call that met it. */
export interface SocketError {
  readonly code?: string | undefined;
  readonly syscall?: string | undefined;
  readonly message: string;
}

/** Errors of connect that speak of the peer or the way to it; all others speak of this machine. */
const ofThePeer: ReadonlySet<string> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ECONNREFUSED',
  'EHOSTDOWN',
  'ENETDOWN',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
]);

/**
 * What an error while connecting means.
 * @param atOnce the call itself failed; what the kernel reports later comes from the network, hence is a failure
 */
export function connectFailure(error: SocketError, target: CheckTarget, atOnce: boolean): CheckResult {
  const { code = error.message, syscall = 'connect' } = error;
  const reason = `${syscall} failed: ${code} (${whereText(target, syscall)})`;
  const isLocal = syscall !== 'connect' || (atOnce && !ofThePeer.has(code));
  return { kind: isLocal ? 'local-error' : 'failure', reason };
}

function whereText({ address, port, bindTo, bindPort }: CheckTarget, syscall: string): string {
  const [host, number] = syscall === 'bind' ? [bindTo ?? address, bindPort ?? 0] : [address, port];
  return familyOf(host) === 6 ? `[${host}]:${number}` : `${host}:${number}`;
}
