import { boundedQueue } from './bounded-queue.ts';
import type { LogOutput } from './record.ts';
import { syslogLine } from './syslog-line.ts';

/** A connected local datagram socket. `send` throws an error with a `code` when the datagram did not go out. */
export interface DatagramSocket {
  send(text: string): void;
  close(): void;
}

export interface SyslogPorts {
  /** Connects to the syslog socket; throws an error with a `code` when nobody listens. */
  readonly open: () => DatagramSocket;
  /** Calls back once, later; must not keep the process alive. */
  readonly later: (milliseconds: number, run: () => void) => void;
}

const keptLines = 1000;
const retryWhenFull = 100;
const retryWhenAbsent = 1000;

/**
 * Logs to syslog without ever waiting for it: while the daemon behind the socket is slow or absent, lines are kept up
 * to a limit and sent when it is back; beyond the limit they are dropped and counted.
 */
export function syslogOutput(facility: number, ports: SyslogPorts): LogOutput {
  const waiting = boundedQueue<string>(keptLines);
  let socket: DatagramSocket | undefined;
  let retrying = false;

  const retryIn = (milliseconds: number): void => {
    if (retrying) return;
    retrying = true;
    ports.later(milliseconds, () => {
      retrying = false;
      flush();
    });
  };
  const connect = (): DatagramSocket | undefined => {
    try {
      return ports.open();
    } catch {
      // Absent is a state of the machine, not an error of ours: it is tried again, and `works` tells it.
      return undefined;
    }
  };
  const send = (text: string): boolean => {
    socket ??= connect();
    if (socket === undefined) {
      retryIn(retryWhenAbsent);
      return false;
    }
    try {
      socket.send(text);
      return true;
    } catch (error) {
      return onFailure(error);
    }
  };
  const onFailure = (error: unknown): boolean => {
    const code = codeOf(error);
    if (code === 'EAGAIN' || code === 'ENOBUFS') {
      retryIn(retryWhenFull);
      return false;
    }
    if (code === 'EMSGSIZE') {
      waiting.lose();
      return true;
    }
    // The syslog daemon has gone or was restarted: its socket is another one now.
    socket?.close();
    socket = undefined;
    retryIn(retryWhenFull);
    return false;
  };
  const flush = (): void => waiting.drain(send);

  return {
    name: 'syslog',
    write(line) {
      waiting.push(syslogLine(line, facility));
      if (!retrying) flush();
    },
    dropped: () => waiting.dropped,
    works: () => {
      socket ??= connect();
      return socket !== undefined;
    },
    close: () => {
      flush();
      socket?.close();
      socket = undefined;
    },
  };
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
