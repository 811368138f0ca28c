import { type Addon, AF, SOCK, sockAddrUnix } from '@holdfast/native';

/** systemd's notification socket (sd_notify(3)), where there is one. */
export interface ServiceManager {
  notify(state: string): void;
}

/** @param socketPath `NOTIFY_SOCKET`; undefined: nobody wants to know */
export function serviceManager(addon: Addon, socketPath: string | undefined): ServiceManager {
  if (socketPath === undefined || socketPath === '') return { notify: () => undefined };
  // A leading @ stands for the NUL of an abstract name.
  const path = socketPath.startsWith('@') ? `\0${socketPath.slice(1)}` : socketPath;
  return {
    notify(state) {
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
    },
  };
}
