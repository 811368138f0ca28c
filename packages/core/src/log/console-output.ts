import { boundedQueue } from './bounded-queue.ts';
import type { LogLine, LogOutput } from './record.ts';

/** A descriptor that takes bytes without waiting. */
export interface ByteSink {
  /** @returns how many bytes were taken; 0 when it is full; nothing when it is gone for good */
  write(bytes: Uint8Array): number | undefined;
}

export interface ConsolePorts {
  readonly sink: ByteSink;
  /** The text of a line, with its newline. */
  readonly format: (line: LogLine) => string;
  /** Calls back once, later; must not keep the process alive. */
  readonly later: (milliseconds: number, run: () => void) => void;
}

const keptLines = 1000;
const retryWhenFull = 50;
/** Characters that may leave in one write. */
const mostGathered = 32_768;

/** Logs to the console without ever waiting for it: a terminal that was stopped with Ctrl-S delays nothing. */
export function consoleOutput(ports: ConsolePorts): LogOutput {
  const waiting = boundedQueue<string>(keptLines);
  let retrying = false;
  let gone = false;
  /** The rest of a line of which the descriptor took only a part. */
  let rest: Uint8Array = new Uint8Array();

  const retry = (): void => {
    if (retrying) return;
    retrying = true;
    ports.later(retryWhenFull, () => {
      retrying = false;
      flush();
    });
  };
  const pass = (bytes: Uint8Array): boolean => {
    const taken = ports.sink.write(bytes);
    if (taken === undefined) {
      gone = true;
      return true;
    }
    rest = bytes.subarray(taken);
    if (rest.length > 0) retry();
    return rest.length === 0;
  };
  /** Lines that leave in one write; undefined: each leaves by itself. */
  let gathered: string | undefined;
  const passGathered = (): void => {
    if (gathered === undefined || gathered === '') return;
    const text = gathered;
    gathered = '';
    pass(Buffer.from(text));
  };
  const flush = (): void => {
    if (rest.length > 0 && !pass(rest)) return;
    waiting.drain((text) => {
      if (rest.length > 0) return false;
      if (gone) waiting.lose();
      else pass(Buffer.from(text));
      // A line of which only a part is out counts as sent: its rest goes first next time.
      return true;
    });
  };

  return {
    name: 'the console',
    write(line) {
      if (gone) {
        waiting.lose();
        return;
      }
      if (gathered !== undefined && !retrying) {
        gathered += ports.format(line);
        if (gathered.length >= mostGathered) passGathered();
        return;
      }
      waiting.push(ports.format(line));
      if (!retrying) flush();
    },
    together(run) {
      const isOutermost = gathered === undefined;
      gathered ??= '';
      try {
        run();
      } finally {
        passGathered();
        if (isOutermost) gathered = undefined;
      }
    },
    dropped: () => waiting.dropped,
    works: () => !gone,
    close: () => {
      passGathered();
      flush();
    },
  };
}
