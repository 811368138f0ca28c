import { type Switch, switches } from '@holdfast/core';
import { entry, heading, paragraph, title } from './roff.ts';

/** Signals that an operator sends. */
const signals = [
  ['SIGTERM, SIGINT', 'Stop: give addresses and services back, tell the scripts, end.'],
  [
    'SIGHUP',
    'Reload the configuration; one that would end the service or lose an object by mistake is refused.',
  ],
  ['SIGUSR1', 'Write what is known of the instances to keepalived.data in TMPDIR, or in /tmp.'],
  ['SIGUSR2', 'Write the counters to keepalived.stats there.'],
  [
    'SIGRTMIN+5',
    'End for a planned restart: addresses and pools stay where they are for a daemon that starts at once, which goes on as master.',
  ],
] as const;

/** What is read and written where nothing else is said. */
const files = [
  ['/etc/keepalived/keepalived.conf', 'The configuration: holdfast.conf(5).'],
  [
    '/etc/default/keepalived, /etc/sysconfig/keepalived',
    'Options of the service, in DAEMON_ARGS or KEEPALIVED_OPTIONS: read by the systemd unit and the init script.',
  ],
  ['/run/keepalived.pid', 'The process id of the daemon.'],
  ['/run/holdfast/control.sock', 'Where holdfast status and its like ask.'],
] as const;

/** holdfastd(8), from the table of switches. */
export const daemonManual = (version: string): string =>
  [
    title('holdfastd', 8, version),
    'holdfastd \\- high availability for Linux: VRRP and LVS with health checks',
    heading('SYNOPSIS'),
    paragraph('holdfastd [OPTION...]'),
    heading('DESCRIPTION'),
    paragraph(
      'holdfastd keeps virtual addresses on one of several routers by VRRP (RFC 9568, RFC 3768), and the pools of the LVS table in step with the health of their servers. It takes the command line, the configuration and the signals of keepalived.',
    ),
    heading('OPTIONS'),
    ...switches.map((row) => entry(written(row), [sentence(row)])),
    heading('SIGNALS'),
    ...signals.map(([name, text]) => entry(name, [text])),
    heading('FILES'),
    ...files.map(([name, text]) => entry(name, [text])),
    heading('SEE ALSO'),
    paragraph('holdfast(1), holdfast.conf(5), genhash(1)'),
    '',
  ].join('\n');

function written({ short, long, argument, placeholder = '' }: Switch): string {
  const value = { none: '', required: `=${placeholder}`, optional: `[=${placeholder}]` }[argument];
  return `${short === undefined ? '' : `-${short}, `}--${long}${value}`;
}

const sentence = ({ help, inEffect }: Switch): string =>
  `${help.slice(0, 1).toUpperCase()}${help.slice(1)}${inEffect ? '' : ' (accepted, not in effect yet)'}.`;
