import type { Result } from '@holdfast/kit';
import type { SavedInstance } from '@holdfast/vrrp';
import type { ReadConfiguration } from '../daemon/configuration.ts';
import type { LogRecord } from '../log/record.ts';
import { restartMessages as say } from './messages.ts';
import { staying } from './staying.ts';

/** What a daemon needs that prepares to be started again. */
export interface LeavePorts {
  readonly read: ReadConfiguration;
  /** Fingerprint of the configuration in force. */
  readonly inForce: string;
  readonly saved: () => readonly SavedInstance[];
  /** Gives the addresses of masters a lifetime. */
  readonly limit: (masters: readonly SavedInstance[]) => Promise<Result<unknown, string>>;
  readonly log: (record: LogRecord) => void;
}

/**
 * Before a restart: sees whether the next start can go on where this one stops, and sees to it that the kernel takes the
 * addresses back where no start comes. Adverts go on meanwhile.
 * @returns the instances that stay as they are; undefined: it must be an ordinary stop
 */
export async function prepareToLeave(ports: LeavePorts): Promise<readonly SavedInstance[] | undefined> {
  ports.log(say.asked);
  const reading = await ports.read();
  if (reading.refusal !== undefined || reading.fingerprint !== ports.inForce) {
    ports.log(say.otherFile);
    return undefined;
  }
  const instances = staying(ports.saved());
  const limited = await ports.limit(instances.filter(({ phase }) => phase === 'master'));
  if (limited.ok) return instances;
  ports.log(say.unlimited(limited.error));
  return undefined;
}
