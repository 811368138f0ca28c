import type { CheckTarget, HttpChecker, HttpUrl } from '@holdfast/config';
import { address, seconds } from '@holdfast/kit';
import type { HttpTask } from '../../src/checkers/http-get.ts';

export const target = (port: number, rest: Partial<CheckTarget> = {}): CheckTarget => ({
  address: address('127.0.0.1'),
  port,
  bindTo: undefined,
  bindPort: undefined,
  bindInterface: undefined,
  fwmark: undefined,
  connectTimeout: seconds(5),
  ...rest,
});

export const url = (rest: Partial<HttpUrl> = {}): HttpUrl => ({
  path: '/',
  virtualhost: undefined,
  digest: undefined,
  statusCodes: [{ from: 200, to: 299 }],
  ...rest,
});

export const httpChecker = (port: number, rest: Partial<HttpChecker> = {}): HttpChecker => ({
  kind: 'HTTP_GET',
  target: target(port),
  httpVersion: '1.0',
  virtualhost: undefined,
  enableSni: false,
  sniName: undefined,
  fastRecovery: false,
  tlsCompliant: false,
  urls: [url()],
  ...rest,
});

export const task = (
  checker: HttpChecker,
  asked: HttpUrl = url(),
  rest: Partial<HttpTask> = {},
): HttpTask => ({
  checker,
  url: asked,
  realServerHost: undefined,
  virtualServerHost: undefined,
  delayLoop: seconds(60),
  ...rest,
});
