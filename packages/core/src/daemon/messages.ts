import type { LogLevel, LogRecord } from '../log/record.ts';
import { version } from '../version.ts';

const info = (id: string, text: string): LogRecord => ({ id, level: 'info', text });
const at = (level: LogLevel, id: string, text: string): LogRecord => ({ id, level, text });

/** What the daemon itself says, in keepalived's words where scripts look for them. */
export const daemonMessages = {
  starting: info('daemon-starting', `Starting Holdfast v${version}, a drop-in for Keepalived`),
  runningOn: (system: string, node: string) => info('running-on', `Running on ${system} (Node.js ${node})`),
  commandLine: (words: readonly string[]) =>
    info('command-line', `Command line: ${words.map((word) => `'${word}'`).join(' ')}`),
  configurationFile: (path: string) => info('configuration-file', `Configuration file ${path}`),
  configurationMissing: (why: string) => at('error', 'configuration-missing', why),
  configurationFatal: at(
    'error',
    'configuration-fatal',
    'The configuration cannot be run: nothing is started. `holdfastd -t` shows what to mend',
  ),
  remark: (text: string) => at('warning', 'command-line-remark', text),
  notInEffect: (switches: readonly string[]) =>
    at(
      'warning',
      'switches-not-in-effect',
      `Accepted, but not in effect in this version: ${switches.join(', ')}`,
    ),
  keywordsNotInEffect: (keywords: readonly string[]) =>
    at(
      'warning',
      'keywords-not-in-effect',
      `Accepted, but not in effect in this version: ${keywords.join(', ')}`,
    ),
  configured: (level: LogLevel, text: string) => at(level, 'configuration-diagnostic', text),
  scriptDisabled: (what: string, why: string) => at('warning', 'script-disabled', `Disabled ${what}: ${why}`),
  scriptInsecure: (what: string, why: string) =>
    at('warning', 'script-insecure', `Security: ${what}: ${why}; enable_script_security would disable it`),
  alreadyRunning: (path: string) => info('already-running', `daemon is already running (${path} is locked)`),
  pidFileUnusable: (text: string) => at('error', 'pid-file-unusable', text),
  missingPermission: (capabilities: readonly string[]) =>
    at(
      'error',
      'missing-permission',
      `${capabilities.join(' and ')} missing: VRRP needs raw sockets and sets addresses; start as root, or grant them (systemd: AmbientCapabilities=, docker: --cap-add=NET_ADMIN --cap-add=NET_RAW)`,
    ),
  noLogDestination: 'nothing is logged: no syslog daemon listens at /dev/log, and -l is not given',
  startupComplete: info('startup-complete', 'Startup complete'),
  nothingToDo: at(
    'warning',
    'nothing-configured',
    'Neither a vrrp_instance nor a virtual_server is configured (or it is switched off): there is nothing to do until a reload',
  ),
  dumpLine: (text: string) => info('configuration-dump', text),
  signal: (signal: number, sender: number, name: string) => ({
    ...info('signal', `Signal ${signal} received${from(sender, name)}`),
    fields: { signal, sender, name },
  }),
  reloading: info('reloading', 'Reloading ...'),
  reloadComplete: info('reload-complete', 'Reload complete'),
  reloadChange: (text: string) => info('reload-change', `Reload: ${text}`),
  reloadRefused: (reasons: number) =>
    at(
      'error',
      'reload-refused',
      `Reload refused, ${reasons === 1 ? 'for one reason' : `for ${reasons} reasons`}: the running configuration stays in force. Mend the file and reload again`,
    ),
  refusalReason: (text: string) => at('error', 'reload-refused-because', `Reload refused: ${text}`),
  leftAddresses: (addresses: readonly string[]) =>
    at(
      'notice',
      'left-addresses',
      `Removing what a killed daemon left and the configuration no longer names: ${addresses.join(', ')}`,
    ),
  heldUnnoted: (reason: string) =>
    at(
      'warning',
      'held-addresses-unnoted',
      `The addresses held could not be noted (${reason}): after a kill of all processes they stay if the file changes`,
    ),
  withdrawFailed: (text: string) => at('alert', 'withdraw-failed', text),
  dumping: (what: string, path: string) => info('dumped', `Printing ${what} to ${path}`),
  dumpFailed: (text: string) => at('error', 'dump-failed', text),
  scriptFailed: (path: string, why: string) => at('warning', 'notify-failed', `${path}: ${why}`),
  workerError: (text: string) => at('error', 'worker-stderr', text),
  bug: (text: string) =>
    at('alert', 'bug', `Internal error, the daemon ends and its workers withdraw: ${text}`),
  stopping: info('stopping', 'Stopping'),
  stopped: info('stopped', `Stopped Holdfast v${version}`),
} as const;

/** Who sent a signal, where the kernel tells: the words behind `received`. */
function from(sender: number, name: string): string {
  if (sender === 0) return '';
  return ` from process ${sender} (${name === '' ? 'which has ended' : name})`;
}
