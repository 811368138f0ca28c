import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { AF, loadAddon, SOCK, sockAddrUnix } from '@holdfast/native';

/**
 * Stands in for a syslog daemon or a service manager: `datagram-listener SOCKET FILE ADDON` appends each datagram as a
 * line to FILE. While FILE.hold exists it takes nothing from the socket.
 */
const [path = '', file = '', addonFile = ''] = process.argv.slice(2);
const addon = loadAddon([addonFile]);
const open = (): void => {
  rmSync(path, { force: true });
  const socket = new addon.Socket(AF.UNIX, SOCK.DGRAM, 0);
  socket.bind(sockAddrUnix(path));
  socket.receive(
    { batch: 64, size: 8192 },
    (messages) => {
      for (const { data } of messages)
        appendFileSync(file, `${Buffer.from(data).toString().replaceAll('\n', ' ')}\n`);
    },
    () => undefined,
  );
};
const whenAllowed = (): void => {
  if (existsSync(`${file}.hold`)) setTimeout(whenAllowed, 50);
  else open();
};
whenAllowed();
