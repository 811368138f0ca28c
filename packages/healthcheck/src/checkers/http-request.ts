import type { CheckTarget, HttpChecker, HttpUrl } from '@holdfast/config';
import { familyOf } from '@holdfast/kit';

/** What a request needs to know of its checker and of the servers that it stands in. */
export interface HttpRequest {
  readonly version: HttpChecker['httpVersion'];
  readonly path: string;
  /** A name, or the address and port of the target. */
  readonly host: string;
}

/**
 * The bytes of a request, as backends know them from keepalived (seen on the wire, 2.2.7):
 *
 *     GET /path HTTP/1.0            1.1 for http_protocol 1.1
 *     User-Agent: KeepAliveClient
 *     Connection: close             not for http_protocol 1.0
 *     Host: 10.0.0.7:80
 */
export function httpRequest({ version, path, host }: HttpRequest): Uint8Array {
  const lines = [
    `GET ${path} HTTP/${version === '1.1' ? '1.1' : '1.0'}`,
    'User-Agent: KeepAliveClient',
    ...(version === '1.0' ? [] : ['Connection: close']),
    `Host: ${host}`,
    '',
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'utf8');
}

/**
 * Who is named in `Host:`: the nearest `virtualhost`, else address and port, always with the port.
 * @param outer `virtualhost` of the real server and of the virtual server, in this order
 */
export function hostOf(
  checker: HttpChecker,
  url: HttpUrl,
  outer: readonly (string | undefined)[] = [],
): string {
  const named = [url.virtualhost, checker.virtualhost, ...outer].find((name) => name !== undefined);
  return named ?? endpointText(checker.target);
}

const endpointText = ({ address, port }: CheckTarget): string =>
  familyOf(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
