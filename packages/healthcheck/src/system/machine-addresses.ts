import type { HealthLogRecord } from '../logic/types.ts';
import type { Addresses, Ports } from './ports.ts';

/** The machine's addresses, as `ha_suspend` needs them. */
export interface MachineAddresses {
  /** Undefined until they have been read, and for ever where they cannot be. */
  known(): Addresses | undefined;
}

/**
 * @param changed is called when they are first known, and whenever one comes or goes
 * @param refused is told why they cannot be read
 */
export function machineAddresses(
  watch: Ports['watchAddresses'],
  changed: () => void,
  refused: (record: HealthLogRecord) => void,
): MachineAddresses {
  let addresses: Addresses | undefined;
  const say = (why: string): void =>
    refused({ id: 'addresses-unknown', level: 'error', text: `ha_suspend is not in effect: ${why}` });
  watch(changed).then(
    (watched) => {
      if (!watched.ok) say(`${watched.error.what}: ${watched.error.code}`);
      else {
        addresses = watched.value;
        changed();
      }
    },
    (error: unknown) => say(String(error)),
  );
  return { known: () => addresses };
}
