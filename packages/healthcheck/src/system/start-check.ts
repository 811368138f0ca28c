import type { HttpChecker, VirtualServer } from '@holdfast/config';
import { unreachable } from '@holdfast/kit';
import { type HttpTask, httpGet } from '../checkers/http-get.ts';
import { sslGet } from '../checkers/ssl-get.ts';
import { tcpCheck } from '../checkers/tcp-check.ts';
import type { After, Done, RunningCheck } from '../checkers/types.ts';
import { patientAfter as after } from './patient-after.ts';
import type { CheckEffect, StartCheck } from './ports.ts';

/** Begins a check over a real socket: a new checker has its line here. */
export const startCheck: StartCheck = (effect, of, done) => {
  const { what } = effect;
  switch (what.kind) {
    case 'TCP_CHECK':
      return tcpCheck(what.target, after, done);
    case 'HTTP_GET':
      return withUrl(httpGet, what, effect, of, done);
    case 'SSL_GET':
      return withUrl(sslGet, what, effect, of, done);
    case 'MISC_CHECK':
      // Programs are started by core, see script-runs.ts.
      return { cancel: () => undefined };
    default:
      return unreachable(what);
  }
};

type Begin = (task: HttpTask, after: After, done: Done) => RunningCheck;

function withUrl(
  begin: Begin,
  checker: HttpChecker,
  { url: index, server, what }: CheckEffect,
  of: VirtualServer,
  done: Done,
): RunningCheck {
  const url = checker.urls[index];
  if (url === undefined) {
    // The configuration drops checkers without url: nothing is asked, and that is said.
    const timer = setImmediate(() =>
      done({ kind: 'local-error', reason: `${checker.kind} has no url ${index}` }),
    );
    return { cancel: () => clearImmediate(timer) };
  }
  return begin(
    {
      checker,
      url,
      realServerHost: of.realServers[server]?.virtualhost,
      virtualServerHost: of.virtualhost,
      delayLoop: what.pace.delayLoop,
    },
    after,
    done,
  );
}
