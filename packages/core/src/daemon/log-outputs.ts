import { type Addon, AF, SOCK, sockAddrUnix } from '@holdfast/native';
import { consoleLine } from '../log/console-line.ts';
import { type ByteSink, consoleOutput } from '../log/console-output.ts';
import { descriptorSink } from '../log/descriptor-sink.ts';
import type { LogLine, LogOutput } from '../log/record.ts';
import { type DatagramSocket, syslogOutput } from '../log/syslog-output.ts';
import type { Options } from '../options/parse.ts';

const syslogPath = '/dev/log';
const stderr = 2;

/**
 * Where the log goes: syslog unless -G, the console with -l.
 * @param console takes the place of stderr while the daemon starts in the background
 */
export function logOutputs(
  options: Pick<Options, 'logToConsole' | 'logToSyslog' | 'facility'>,
  addon: Addon,
  environment: NodeJS.ProcessEnv,
  console: ByteSink = descriptorSink(stderr),
): readonly LogOutput[] {
  const { HOLDFAST_LOG_FORMAT: wanted } = environment;
  const format = wanted === 'json' ? (line: LogLine): string => line.json() : consoleLine;
  return [
    ...(options.logToSyslog
      ? [syslogOutput(options.facility, { open: () => openSyslog(addon), later })]
      : []),
    ...(options.logToConsole ? [consoleOutput({ sink: console, format, later })] : []),
  ];
}

function openSyslog(addon: Addon): DatagramSocket {
  const socket = new addon.Socket(AF.UNIX, SOCK.DGRAM, 0);
  try {
    socket.connect(sockAddrUnix(syslogPath));
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    send: (text) => void socket.send([{ data: Buffer.from(text) }]),
    close: () => socket.close(),
  };
}

function later(milliseconds: number, run: () => void): void {
  setTimeout(run, milliseconds).unref();
}
