import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

/** Two daemons would fight over the same addresses and the same table. */
export function otherDaemon({ daemons }: Facts): readonly Finding[] {
  const pids = daemons.filter(({ kind }) => kind === 'keepalived').map(({ pid }) => pid);
  if (pids.length === 0) return [];
  const beside = daemons.some(({ kind }) => kind === 'holdfast');
  return [
    {
      code: 'keepalived-runs',
      severity: beside ? 'error' : 'warning',
      message: `keepalived runs here${beside ? ' beside Holdfast' : ''} (${pids.length === 1 ? 'pid' : 'pids'} ${pids.join(', ')}): only one of them may look after these addresses`,
      command: `kill ${Math.min(...pids)}`,
      remedy: 'where systemd has started it: systemctl disable --now keepalived',
    },
  ];
}
