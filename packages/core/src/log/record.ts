/** Levels by keepalived's and syslog's names (RFC 5424 §6.2.1). */
export type LogLevel = 'debug' | 'info' | 'notice' | 'warning' | 'error' | 'alert';

/** Which process a line speaks for; the syslog identity of each stands in `syslog-line.ts`. */
export type LogSource = 'core' | 'vrrp' | 'healthcheck';

/** A line of the log: an id with typed fields; the sentence stands in a `messages.ts`. */
export interface LogRecord {
  readonly id: string;
  readonly level: LogLevel;
  readonly text: string;
  /** Only with -D. */
  readonly detail?: boolean;
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
}

/** A record on its way to the outputs: who said it, with which process id, and when (wall clock, milliseconds). */
export interface LogLine {
  readonly record: LogRecord;
  readonly source: LogSource;
  readonly pid: number;
  readonly at: number;
  /** The same as one line of JSON, with a newline; made when it is asked for, within `write`. */
  readonly json: () => string;
}

/** Takes lines and never blocks: what it cannot pass on at once it keeps, and drops and counts beyond its limit. */
export interface LogOutput {
  /** Its destination, as a sentence names it: `syslog`. */
  readonly name: string;
  write(line: LogLine): void;
  /** Lines that are written within `run` may leave together, at its end; where it is missing each leaves by itself. */
  together?(run: () => void): void;
  /** Lines that nobody will see any more. */
  dropped(): number;
  /** False: it has no destination at present. */
  works(): boolean;
  /** Makes a last attempt to pass on what is kept, without waiting. */
  close(): void;
}
