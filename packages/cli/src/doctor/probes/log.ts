import { type Addon, AF, SOCK, sockAddrUnix } from '@holdfast/native';
import type { LogFacts } from '../facts.ts';
import { textOf } from './text.ts';

const optionFiles = ['/etc/default/keepalived', '/etc/sysconfig/keepalived'];

/** Where the daemon's log would go. */
export function log(addon: Pick<Addon, 'Socket'>): LogFacts {
  const options = optionFiles.map(textOf).join('\n');
  return {
    hasSyslog: somebodyListens(addon, '/dev/log'),
    toConsole:
      isContainer() ||
      /^\s*(?:DAEMON_ARGS|KEEPALIVED_OPTIONS)=.*(?:--log-console|\s-[a-zA-Z]*l|["=']-[a-zA-Z]*l)/m.test(
        options,
      ),
  };
}

/** The container's entry, process 1 or handed to one that reaps, starts the daemon with its log on the console. */
const isContainer = (): boolean => textOf('/proc/1/cmdline').includes('holdfast-container.mjs');

function somebodyListens({ Socket }: Pick<Addon, 'Socket'>, path: string): boolean {
  const socket = new Socket(AF.UNIX, SOCK.DGRAM, 0);
  try {
    socket.connect(sockAddrUnix(path));
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}
