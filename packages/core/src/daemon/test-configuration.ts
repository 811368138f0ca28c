import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { Reading } from './configuration.ts';
import { exitStatus } from './exit-status.ts';

/**
 * `-t`: tells what is wrong with the configuration and ends with keepalived's status for it.
 * @param destination a file that the messages are appended to (made 0644, no symbolic link), or stderr
 */
export async function testConfiguration(reading: Reading, destination: string | true): Promise<number> {
  const { scripts } = reading;
  const lines = [
    ...(reading.refusal?.isRemark === false ? [reading.refusal.line] : []),
    ...reading.remarks.map(({ report }) => report),
    ...scripts.disabled.map(({ what, why }) => `${what} would be disabled: ${why}`),
    ...scripts.tolerated.map(({ what, why }) => `Security: ${what}: ${why}`),
    ...reading.notInEffect.map(
      (keyword) => `note: ${keyword} is accepted, but not in effect in this version`,
    ),
  ];
  const text = lines.map((line) => `${line}\n`).join('');
  return write(text, destination) ? reading.testStatus : exitStatus.fatal;
}

function write(text: string, destination: string | true): boolean {
  if (destination === true) {
    process.stderr.write(text);
    return true;
  }
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;
  try {
    const fd = openSync(destination, flags, 0o644);
    writeSync(fd, text);
    closeSync(fd);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Cannot write the messages to ${destination}: ${reason}\n`);
    return false;
  }
}
