import { flag } from '../codec/message.ts';
import { type Exchange, errno, exchange } from './exchange.ts';
import type { NetlinkAnswer, NetlinkClient, NetlinkRequest, NetlinkSocket } from './types.ts';

/** Attempts at a dump of a table that goes on changing. */
const dumpAttempts = 10;

/** A client on a bound socket, which it owns from now on. */
export function netlinkClient(socket: NetlinkSocket): NetlinkClient {
  const exchanged = exchange(socket);
  let lastDump: Promise<unknown> = Promise.resolve();
  return {
    request: (requests) => exchanged.submit('request', requests),
    dump: (request) => {
      // The kernel runs one dump a socket and refuses a second one with EBUSY.
      const answer = lastDump.then(() => dump(exchanged, request));
      lastDump = answer;
      return answer;
    },
    close: () => exchanged.close(),
  };
}

async function dump(exchanged: Exchange, request: NetlinkRequest): Promise<NetlinkAnswer> {
  let answer = await dumpOnce(exchanged, request);
  for (let attempt = 1; attempt < dumpAttempts && isWorthRepeating(answer); attempt++) {
    answer = await dumpOnce(exchanged, request);
  }
  return answer;
}

const isWorthRepeating = (answer: NetlinkAnswer): boolean =>
  answer.errno === errno.EINTR || answer.errno === 'silent';

async function dumpOnce(exchanged: Exchange, request: NetlinkRequest): Promise<NetlinkAnswer> {
  const [answer = { errno: 'silent', text: '', messages: [] }] = await exchanged.submit('dump', [request]);
  const isInterrupted = answer.messages.some(({ flags }) => (flags & flag.dumpInterrupted) !== 0);
  return answer.errno === 0 && isInterrupted ? { ...answer, errno: errno.EINTR } : answer;
}
