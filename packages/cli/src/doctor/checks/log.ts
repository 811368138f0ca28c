import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

/** Nobody would ever read why the address has moved. */
export function logDestination({ log: { hasSyslog, toConsole } }: Facts): readonly Finding[] {
  if (hasSyslog || toConsole) return [];
  return [
    {
      code: 'no-log-destination',
      severity: 'warning',
      message:
        'nobody listens at /dev/log, and the service does not log to the console: what the daemon says is lost',
      command: `echo 'DAEMON_ARGS="--log-console"' >> /etc/default/keepalived`,
      remedy: 'or install rsyslog; under Docker start the daemon with -l',
    },
  ];
}
