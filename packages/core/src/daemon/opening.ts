import { release } from 'node:os';
import type { EventRing } from '../control/event-ring.ts';
import { createLogger, type Logger } from '../log/logger.ts';
import { exitStatus } from './exit-status.ts';
import { logOutputs } from './log-outputs.ts';
import { daemonMessages as say } from './messages.ts';
import { tellStarter } from './refuse.ts';
import type { Start } from './start.ts';

/** The log, and what of it operators are shown later. */
export function openLog({ line, addon, launcher }: Start, events: EventRing): Logger {
  const logger = createLogger({
    outputs: [...logOutputs(line.options, addon, process.env, launcher?.console), events],
    detail: line.options.logDetail > 0,
    pid: process.pid,
    now: () => Date.now(),
  });
  if (!logger.works() && line.options.logToSyslog)
    tellStarter({ launcher }, `holdfastd: ${say.noLogDestination}\n`);
  setInterval(() => logger.reportDropped(), 10_000).unref();
  return logger;
}

/** A bug must not leave a half-dead daemon: it ends, and its workers withdraw because it has ended. */
export function endOnBugs({ line, launcher }: Start, logger: Logger): void {
  const end = (error: unknown): void => {
    const record = say.bug(error instanceof Error ? (error.stack ?? error.message) : String(error));
    logger.log(record);
    if (!line.options.logToConsole) tellStarter({ launcher }, `holdfastd: ${record.text}\n`);
    logger.close();
    process.exit(exitStatus.internalError);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

/** The first lines: who runs on what, called how. */
export function tellStart({ line, words }: Start, logger: Logger): void {
  logger.log(say.starting);
  logger.log(say.runningOn(`Linux ${release()}`, process.version));
  logger.log(say.commandLine(['holdfastd', ...words]));
  for (const remark of line.remarks) logger.log(say.remark(remark));
  if (line.notInEffect.length > 0) logger.log(say.notInEffect(line.notInEffect));
}
