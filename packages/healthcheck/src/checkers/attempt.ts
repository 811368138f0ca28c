import type { Socket, TcpNetConnectOpts } from 'node:net';
import type { CheckTarget } from '@holdfast/config';
import { isLinkLocal, type Micros, toSeconds } from '@holdfast/kit';
import type { CheckResult } from '../logic/types.ts';
import { connectFailure } from './connect-failure.ts';
import { openSocket } from './open-socket.ts';
import type { After, Done, RunningCheck } from './types.ts';

/** An attempt whose connection stands: the conversation goes on in the checker. */
export interface Attempt {
  readonly socket: Socket;
  /** Closes the socket and tells; only the first call counts. */
  finish(result: CheckResult): void;
  /** What must be over in this time, else it is a failure: replaces what had to be over before. */
  within(length: Micros, what: string): void;
}

/**
 * Connects as a checker's target says, within `connect_timeout`, and hands the connection over. The socket is closed
 * on every path: a good end with FIN, everything else with RST, so that nothing of it stays in this kernel. A check from a
 * port of its own ends with RST too unless the peer has closed before.
 */
export function attempt(
  target: CheckTarget,
  after: After,
  done: Done,
  onConnected: (attempt: Attempt) => void,
): RunningCheck {
  const opened = openSocket(target);
  return opened.ok
    ? attemptOver(opened.value, target, after, done, onConnected)
    : refused({ kind: 'local-error', reason: opened.error }, done);
}

/** Told not before the start has returned. */
function refused(result: CheckResult, done: Done): RunningCheck {
  const telling = setImmediate(() => done(result));
  return { cancel: () => clearImmediate(telling) };
}

function attemptOver(
  socket: Socket,
  target: CheckTarget,
  after: After,
  done: Done,
  onConnected: (attempt: Attempt) => void,
): RunningCheck {
  let isOver = false;
  let connected = false;
  let refusedAtOnce = false;
  let takeBackTimer: () => void = () => undefined;

  const close = (gracefully: boolean): void => {
    isOver = true;
    takeBackTimer();
    if (!connected || (gracefully && !waitsAfterEnd())) socket.destroy();
    else socket.resetAndDestroy();
  };
  // Who closes first keeps both ends' addresses for a minute (TIME-WAIT, RFC 9293 §3.3.2): the next check would be refused its port.
  const waitsAfterEnd = (): boolean => target.bindPort !== undefined && !socket.readableEnded;
  const finish = (result: CheckResult): void => {
    if (isOver) return;
    close(result.kind === 'success');
    done(result);
  };
  const within = (length: Micros, what: string): void => {
    takeBackTimer();
    takeBackTimer = after(length, () =>
      finish({ kind: 'failure', reason: `timeout: ${what} took more than ${toSeconds(length)} s` }),
    );
  };

  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (connected) finish({ kind: 'failure', reason: `connection failed: ${error.code ?? error.message}` });
    else finish(connectFailure(error, target, refusedAtOnce));
  });
  socket.once('connect', () => {
    if (isOver) return;
    connected = true;
    takeBackTimer();
    onConnected({ socket, finish, within });
  });
  within(target.connectTimeout, 'connecting');
  socket.connect(connectOptions(target));
  // Node carries connect out in the next tick: a socket that is dead in the one after was refused by the call itself.
  process.nextTick(() => {
    refusedAtOnce = socket.destroyed;
  });
  return {
    cancel() {
      if (!isOver) close(false);
    },
  };
}

function connectOptions(target: CheckTarget): TcpNetConnectOpts {
  const { address, port, bindTo, bindPort, bindInterface } = target;
  // Link-local addresses mean nothing without their link.
  const scope = bindInterface !== undefined && isLinkLocal(address) && address.includes(':');
  return {
    host: scope ? `${address}%${bindInterface}` : address,
    port,
    ...(bindTo === undefined ? {} : { localAddress: bindTo }),
    ...(bindPort === undefined ? {} : { localPort: bindPort }),
  };
}
