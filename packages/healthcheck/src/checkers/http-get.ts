import type { Duplex } from 'node:stream';
import type { HttpChecker, HttpUrl } from '@holdfast/config';
import { later, type Micros } from '@holdfast/kit';
import { type Attempt, attempt } from './attempt.ts';
import { hostOf, httpRequest } from './http-request.ts';
import { responseReader } from './http-response.ts';
import { httpVerdict } from './http-verdict.ts';
import { onPeerEnd } from './peer-end.ts';
import type { After, Done, RunningCheck } from './types.ts';

/** One url of an HTTP_GET or SSL_GET, with what it takes from around its checker. */
export interface HttpTask {
  readonly checker: HttpChecker;
  readonly url: HttpUrl;
  /** `virtualhost` of the real server and of the virtual server. */
  readonly realServerHost: string | undefined;
  readonly virtualServerHost: string | undefined;
  /** The interval of the checks: an answer that takes longer, however steadily it comes, is none. */
  readonly delayLoop: Micros;
}

/** HTTP_GET: asks over one connection and reads until the peer closes. */
export const httpGet = (task: HttpTask, after: After, done: Done): RunningCheck => {
  const { target } = task.checker;
  // keepalived waits for ever for a peer that never stops; the next check would never come.
  const stopWatching = after(later(task.delayLoop, target.connectTimeout), () => {
    running.cancel();
    done({ kind: 'failure', reason: `timeout: the answer for ${task.url.path} does not end` });
  });
  const running = attempt(
    target,
    after,
    (result) => {
      stopWatching();
      done(result);
    },
    (connected) =>
      converse(task, connected, connected.socket, {
        restartedByChunks: true,
        onEnd: (then) => onPeerEnd(connected.socket, then),
      }),
  );
  return {
    cancel() {
      stopWatching();
      running.cancel();
    },
  };
};

interface Conversation {
  /** Each chunk gives the peer its time anew (HTTP_GET, not SSL_GET). */
  readonly restartedByChunks: boolean;
  /** Calls back when all has come. */
  readonly onEnd: (then: () => void) => void;
}

/**
 * Sends the request over a stream and judges what comes back. The time for reading is `connect_timeout`.
 */
export function converse(
  task: HttpTask,
  { finish, within }: Attempt,
  stream: Duplex,
  { restartedByChunks, onEnd }: Conversation,
): void {
  const { checker, url } = task;
  const reader = responseReader(url.digest !== undefined);
  const wait = (): void => within(checker.target.connectTimeout, `the answer for ${url.path}`);
  stream.on('data', (chunk: Buffer) => {
    if (!reader.push(chunk))
      finish({ kind: 'failure', reason: `the answer for ${url.path} has no end of its header` });
    else if (restartedByChunks) wait();
  });
  onEnd(() => finish(httpVerdict(url, reader.end())));
  const host = hostOf(checker, url, [task.realServerHost, task.virtualServerHost]);
  stream.write(httpRequest({ version: checker.httpVersion, path: url.path, host }));
  wait();
}
