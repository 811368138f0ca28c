import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

/** What the daemon may not do here (capabilities(7)); nor can this command look at everything then. */
export function rights({ missingCapabilities, isRoot }: Facts): readonly Finding[] {
  if (missingCapabilities.length === 0) return [];
  const names = missingCapabilities.join(' and ');
  if (!isRoot)
    return [
      {
        code: 'not-root',
        severity: 'error',
        message: `this user has no ${names}: the daemon cannot start as it, and not everything can be looked at`,
        command: 'sudo holdfast doctor',
      },
    ];
  const options = missingCapabilities.map((name) => `--cap-add ${name.replace('CAP_', '')}`).join(' ');
  return [
    {
      code: 'capability-missing',
      severity: 'error',
      message: `root has no ${names} here: the daemon can neither set addresses nor speak VRRP`,
      command: `docker run --network host ${options} IMAGE`,
      remedy: 'a systemd unit needs them in CapabilityBoundingSet=',
    },
  ];
}
