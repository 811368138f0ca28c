import type { LogRecord } from '../log/record.ts';
import type { Reading } from './configuration.ts';
import { daemonMessages as say } from './messages.ts';

/** Logs what a configuration gave rise to: diagnostics with file and line, then scripts, then what is not in effect. */
export function logReading(reading: Reading, log: (record: LogRecord) => void): void {
  for (const { level, line } of reading.remarks) log(say.configured(level, line));
  for (const { what, why } of reading.scripts.disabled) log(say.scriptDisabled(what, why));
  for (const { what, why } of reading.scripts.tolerated) log(say.scriptInsecure(what, why));
  if (reading.notInEffect.length > 0) log(say.keywordsNotInEffect(reading.notInEffect));
}
