import type { HttpUrl } from '@holdfast/config';
import type { CheckResult } from '../logic/types.ts';
import type { HttpResponse } from './http-response.ts';

/**
 * Whether an answer is good: a status code of the accepted set, then the digest (keepalived.conf(5) `status_code`,
 * `digest`). A body of another length than announced is only noted.
 *
 * @param response `undefined`: the peer closed before its header was complete
 */
export function httpVerdict(url: HttpUrl, response: HttpResponse | undefined): CheckResult {
  if (response === undefined) return { kind: 'failure', reason: `no complete answer for ${url.path}` };
  const { status, digest, contentLength, received } = response;
  if (status === undefined)
    return { kind: 'failure', reason: `no status code in the answer for ${url.path}` };
  if (!accepts(url, status)) return { kind: 'failure', reason: `HTTP status code ${status} for ${url.path}` };
  if (url.digest !== undefined && url.digest.toLowerCase() !== digest)
    return {
      kind: 'failure',
      reason: `MD5 digest ${digest} of ${url.path} is not the expected ${url.digest}`,
    };
  if (contentLength === undefined || contentLength === received) return { kind: 'success' };
  return {
    kind: 'success',
    note: `Content-Length of ${url.path} is ${contentLength}, received were ${received} bytes`,
  };
}

const accepts = ({ statusCodes }: HttpUrl, status: number): boolean =>
  statusCodes.some(({ from, to }) => status >= from && status <= to);
