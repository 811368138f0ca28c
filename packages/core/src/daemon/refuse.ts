import { descriptorSink } from '../log/descriptor-sink.ts';
import type { Logger } from '../log/logger.ts';
import type { LogRecord } from '../log/record.ts';
import type { PidFileFailure } from '../system/pid-file.ts';
import { exitStatus } from './exit-status.ts';
import { daemonMessages as say } from './messages.ts';
import type { Start } from './start.ts';

/** Ends a start for which a pid file could not be claimed: one that is held tells of a daemon that runs already. */
export function refuseClaim(start: Start, logger: Logger, failure: PidFileFailure): void {
  if (failure.kind === 'held') refuse(start, logger, say.alreadyRunning(failure.path), exitStatus.orderly);
  else refuse(start, logger, say.pidFileUnusable(failure.message), exitStatus.fatal);
}

/** Ends a start that cannot succeed; who started it reads why even if the log goes elsewhere. */
export function refuse(
  { line, launcher }: Start,
  logger: Logger,
  record: LogRecord,
  status: number,
  reasons = '',
): void {
  logger.log(record);
  if (!line.options.logToConsole) {
    tellStarter({ launcher }, `${reasons}holdfastd: ${record.text}\n`);
  }
  logger.log(say.stopped);
  logger.close();
  // What goes to the launcher or to a socket leaves with the next turn of the loop.
  setImmediate(() => process.exit(status));
}

/** Without waiting: a terminal that is stuck must not keep the daemon from ending. */
export function tellStarter({ launcher }: Pick<Start, 'launcher'>, text: string): void {
  const sink = launcher?.console ?? descriptorSink(2);
  sink.write(Buffer.from(text));
}
