import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

/** Changes made by machines whose clocks differ a little are no reason to complain. */
const tolerance = 60_000;

/** VRRP counts on a clock of its own; logs, mails and certificates of SSL_GET count on the date. */
export function clock({ clock: { now, isSynchronised }, configuration }: Facts): readonly Finding[] {
  const { modifiedAt, path } = configuration;
  if (modifiedAt !== undefined && modifiedAt > now + tolerance)
    return [
      {
        code: 'clock-behind',
        severity: 'warning',
        message: `the clock says ${new Date(now).toISOString()}, but ${path} was changed at ${new Date(modifiedAt).toISOString()}: logs of the routers do not fit together, and certificates may seem not valid yet`,
        command: 'timedatectl set-ntp true',
        remedy: `if the clock is right: touch ${path}`,
      },
    ];
  if (isSynchronised !== false) return [];
  return [
    {
      code: 'clock-free-running',
      severity: 'note',
      message: 'the clock is not synchronised: logs of the routers may not fit together',
      command: 'timedatectl set-ntp true',
    },
  ];
}
