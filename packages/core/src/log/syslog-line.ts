import { monthDayTime, oneLine } from './console-line.ts';
import type { LogLevel, LogLine, LogSource } from './record.ts';

const severities: Readonly<Record<LogLevel, number>> = {
  alert: 1,
  error: 3,
  warning: 4,
  notice: 5,
  info: 6,
  debug: 7,
};

/** The identities that keepalived's processes log under; filters of syslog daemons know them. */
const identities: Readonly<Record<LogSource, string>> = {
  core: 'Keepalived',
  vrrp: 'Keepalived_vrrp',
  healthcheck: 'Keepalived_healthcheckers',
};

/** What the local syslog socket takes (RFC 3164 §4.1 without host name): `<30>Nov 21 11:36:20 Keepalived[7]: text`. */
export function syslogLine(line: LogLine, facility: number): string {
  const priority = facility * 8 + severities[line.record.level];
  const tag = `${identities[line.source]}[${line.pid}]`;
  return `<${priority}>${monthDayTime(new Date(line.at))} ${tag}: ${oneLine(line.record.text)}`;
}
