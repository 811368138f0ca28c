import { type Addon, AF, SOCK, sockAddrUnix } from '@holdfast/native';

/** systemd's notification socket (sd_notify(3)) and its watchdog (sd_watchdog_enabled(3)), where there are any. */
export interface ServiceManager {
  notify(state: string): void;
  /** From now on tells it, often enough, that the loop turns; where it does not ask for that, does nothing. */
  keepAlive(): void;
}

/** @param environment `NOTIFY_SOCKET`: unset, nobody wants to know; `WATCHDOG_USEC`, `WATCHDOG_PID` */
export function serviceManager(
  addon: Addon,
  environment: Readonly<NodeJS.ProcessEnv>,
  pid: number = process.pid,
): ServiceManager {
  const { NOTIFY_SOCKET: socketPath } = environment;
  if (socketPath === undefined || socketPath === '')
    return { notify: () => undefined, keepAlive: () => undefined };
  // A leading @ stands for the NUL of an abstract name.
  const path = socketPath.startsWith('@') ? `\0${socketPath.slice(1)}` : socketPath;
  const notify = (state: string): void => {
    try {
      const socket = new addon.Socket(AF.UNIX, SOCK.DGRAM, 0);
      try {
        socket.send([{ data: Buffer.from(state), to: sockAddrUnix(path) }]);
      } finally {
        socket.close();
      }
    } catch {
      // The service manager has gone; the daemon's work does not depend on it.
    }
  };
  return {
    notify,
    keepAlive() {
      const interval = watchdogInterval(environment, pid);
      if (interval !== undefined) setInterval(() => notify('WATCHDOG=1'), interval).unref();
    },
  };
}

/** A third of what systemd allows: one that comes late is not the end. */
const share = 3;

/**
 * How often the watchdog wants to hear, in milliseconds; undefined: not at all, or not from this process.
 * @param environment `WATCHDOG_USEC`: after so many microseconds without a word the service is ended
 */
export function watchdogInterval(
  { WATCHDOG_USEC: limit = '', WATCHDOG_PID: addressee = '' }: Readonly<NodeJS.ProcessEnv>,
  pid: number,
): number | undefined {
  if (!/^[1-9]\d{0,14}$/.test(limit) || (addressee !== '' && addressee !== String(pid))) return undefined;
  return Math.max(1, Math.floor(Number(limit) / 1000 / share));
}
