import { pino } from 'pino';
import type { LogLine, LogOutput, LogRecord, LogSource } from './record.ts';

/** What the rest of core logs to. */
export interface Logger {
  log(record: LogRecord): void;
  /** Passes on what a worker said, under the worker's identity. */
  relay(source: LogSource, pid: number, record: LogRecord): void;
  /** Many lines at once: they have one time and leave together, which costs a small part of it. */
  together(run: () => void): void;
  /** True when at least one output has a destination. */
  works(): boolean;
  /** Says of each output how many lines it has dropped since the last call. */
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
  });
  const reported = new Map<LogOutput, number>();
  let commonTime: number | undefined;
  const log = (source: LogSource, pid: number, record: LogRecord): void => {
    if (record.detail !== true || options.detail)
      write({ record, source, pid, at: commonTime ?? options.now() });
  };
  return {
    log: (record) => log('core', options.pid, record),
    relay: log,
    together(run) {
      const outer = commonTime;
      commonTime ??= options.now();
      try {
        gatheredBy(options.outputs, run);
      } finally {
        commonTime = outer;
      }
    },
    works: () => options.outputs.some((output) => output.works()),
    reportDropped() {
      for (const output of options.outputs) {
        const dropped = output.dropped();
        const lost = dropped - (reported.get(output) ?? 0);
        if (lost === 0) continue;
        reported.set(output, dropped);
        const text = `${lost} log lines were lost: ${output.name} took none for a while`;
        log('core', options.pid, { id: 'log-lines-lost', level: 'warning', text });
      }
    },
    close: () => {
      for (const output of options.outputs) output.close();
    },
  };
}

/** `run` within `together` of each output that has it. */
function gatheredBy([first, ...others]: readonly LogOutput[], run: () => void): void {
  if (first === undefined) run();
  else if (first.together === undefined) gatheredBy(others, run);
  else first.together(() => gatheredBy(others, run));
}

/**
 * Joins pino to our outputs: the typed record goes to each of them, so that no output parses anything back, and pino
 * writes it as JSON (its `write` runs within the call) for an output that asks.
 */
function pinoOver(deliver: (line: LogLine) => void): (line: Omit<LogLine, 'json'>) => void {
  let time = 0;
  let written = '';
  const logger = pino<'notice' | 'alert'>(
    {
      level: 'debug',
      customLevels: { notice: 35, alert: 55 },
      base: null,
      timestamp: () => `,"time":"${new Date(time).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    {
      write: (json: string) => {
        written = json;
      },
    },
  );
  const jsonOf = ({ record, source, pid, at }: Omit<LogLine, 'json'>): string => {
    const { id, level, text, fields } = record;
    time = at;
    logger[level === 'warning' ? 'warn' : level]({ source, pid, id, ...fields }, text);
    return written;
  };
  return (line) => deliver({ ...line, json: () => jsonOf(line) });
}
