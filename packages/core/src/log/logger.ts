import { pino } from 'pino';
import type { LogLine, LogOutput, LogRecord, LogSource } from './record.ts';

/** What the rest of core logs to. */
export interface Logger {
  log(record: LogRecord): void;
  /** Passes on what a worker said, under the worker's identity. */
  relay(source: LogSource, pid: number, record: LogRecord): void;
  /** True when at least one output has a destination. */
  works(): boolean;
  /** Says how many lines the outputs have dropped since the last call. */
  reportDropped(): void;
  close(): void;
}

export interface LoggerOptions {
  readonly outputs: readonly LogOutput[];
  /** Whether records marked as detail are wanted (-D). */
  readonly detail: boolean;
  readonly pid: number;
  /** Wall clock in milliseconds. */
  readonly now: () => number;
}

/** The daemon's log: its records go to every output as typed values and as pino's JSON. */
export function createLogger(options: LoggerOptions): Logger {
  const write = pinoOver((line) => {
    for (const output of options.outputs) output.write(line);
  }, options);
  let reported = 0;
  const log = (source: LogSource, pid: number, record: LogRecord): void => {
    if (record.detail !== true || options.detail) write({ record, source, pid, at: options.now() });
  };
  return {
    log: (record) => log('core', options.pid, record),
    relay: log,
    works: () => options.outputs.some((output) => output.works()),
    reportDropped() {
      const dropped = options.outputs.reduce((sum, output) => sum + output.dropped(), 0);
      if (dropped === reported) return;
      const text = `${dropped - reported} log lines were lost: a log destination took none for a while`;
      reported = dropped;
      log('core', options.pid, { id: 'log-lines-lost', level: 'warning', text });
    },
    close: () => {
      for (const output of options.outputs) output.close();
    },
  };
}

/**
 * Joins pino to our outputs. pino writes each record as JSON (its `write` runs within the call);
 * the typed record travels beside it, so that no output parses anything back.
 */
function pinoOver(
  deliver: (line: LogLine) => void,
  options: LoggerOptions,
): (line: Omit<LogLine, 'json'>) => void {
  let current: Omit<LogLine, 'json'> | undefined;
  const logger = pino<'notice' | 'alert'>(
    {
      level: 'debug',
      customLevels: { notice: 35, alert: 55 },
      base: null,
      timestamp: () => `,"time":"${new Date(current?.at ?? options.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    {
      write: (json: string) => {
        if (current !== undefined) deliver({ ...current, json });
      },
    },
  );
  return (line) => {
    current = line;
    const { id, level, text, fields } = line.record;
    const method = level === 'warning' ? 'warn' : level;
    logger[method]({ source: line.source, pid: line.pid, id, ...fields }, text);
    current = undefined;
  };
}
