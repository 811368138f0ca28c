import { constants, fstatSync, openSync, type Stats, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { ByteSink } from './console-output.ts';

/** Bytes that Node may keep for a socket before we count it as full. */
const socketBacklog = 65_536;

/**
 * A sink on an open descriptor that never blocks, whatever it is: a terminal, a pipe, a socket of journald, a file.
 * Terminals and pipes are opened anew, so that the non-blocking flag is ours alone and not that of all who share it.
 */
export function descriptorSink(fd: number): ByteSink {
  let stats: Stats;
  try {
    stats = fstatSync(fd);
  } catch {
    return closedSink;
  }
  if (stats.isSocket()) return socketSink(fd);
  if (stats.isFIFO() || stats.isCharacterDevice()) {
    const own = reopened(fd);
    return own === undefined ? socketSink(fd) : nonBlockingSink(own);
  }
  return nonBlockingSink(fd);
}

const closedSink: ByteSink = { write: () => undefined };

function reopened(fd: number): number | undefined {
  try {
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return undefined;
  }
}

const nonBlockingSink = (fd: number): ByteSink => ({
  write(bytes) {
    try {
      return writeSync(fd, bytes);
    } catch (error) {
      // A full disk is like a full pipe: it may pass.
      return ['EAGAIN', 'EINTR', 'ENOSPC', 'EDQUOT'].includes(codeOf(error)) ? 0 : undefined;
    }
  },
});

function socketSink(fd: number): ByteSink {
  let gone = false;
  const socket = new Socket({ fd, readable: false, writable: true });
  socket.on('error', () => {
    gone = true;
  });
  socket.unref();
  return {
    write(bytes) {
      if (gone) return undefined;
      if (socket.writableLength > socketBacklog) return 0;
      socket.write(bytes);
      return bytes.length;
    },
  };
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
