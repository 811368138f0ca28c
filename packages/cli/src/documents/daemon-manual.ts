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
    heading('SEE ALSO'),
    paragraph('holdfast(1), holdfast.conf(5)'),
    '',
  ].join('\n');

function written({ short, long, argument, placeholder = '' }: Switch): string {
  const value = { none: '', required: `=${placeholder}`, optional: `[=${placeholder}]` }[argument];
  return `${short === undefined ? '' : `-${short}, `}--${long}${value}`;
}

const sentence = ({ help, inEffect }: Switch): string =>
  `${help.slice(0, 1).toUpperCase()}${help.slice(1)}${inEffect ? '' : ' (accepted, not in effect yet)'}.`;
