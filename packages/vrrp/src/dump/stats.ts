import type { DropReason } from '../logic/drop-reason.ts';
import type { Running } from '../system/running.ts';

/** keepalived.stats: keepalived's headings and counters; `label: number`, indented below the instance. */
export function statsText(instances: readonly Running[]): string {
  return instances.map((running) => `VRRP Instance: ${running.config.name}\n${body(running)}`).join('');
}

/** keepalived's counters of bad packets, each with the reasons that count there. */
export const packetCounters = {
  packet_len_err: ['truncated', 'length-mismatch'],
  advert_interval_err: ['advert-int-mismatch', 'bad-advert-int'],
  ip_ttl_err: ['bad-ttl'],
  invalid_type_rcvd: ['bad-type'],
  addr_list_err: ['address-list-differs', 'no-address'],
  invalid_authtype: ['auth-type-unknown', 'authentication-header'],
  authtype_mismatch: ['auth-type-mismatch'],
  auth_failure: ['auth-failed'],
} as const satisfies Record<string, readonly DropReason[]>;

export function packetCount({ drops }: Running, counter: keyof typeof packetCounters): number {
  return packetCounters[counter].reduce((sum, reason) => sum + (drops.get(reason) ?? 0), 0);
}

function body(running: Running): string {
  const { counters } = running.state;
  const count = (counter: keyof typeof packetCounters): number => packetCount(running, counter);
  return sections([
    [
      'Advertisements',
      [
        ['Received', counters.advertsReceived],
        ['Sent', counters.advertsSent],
      ],
    ],
    ['Became master', counters.becameMaster],
    ['Released master', counters.releasedMaster],
    [
      'Packet Errors',
      [
        ['Length', count('packet_len_err')],
        ['TTL', count('ip_ttl_err')],
        ['Invalid Type', count('invalid_type_rcvd')],
        ['Advertisement Interval', count('advert_interval_err')],
        ['Address List', count('addr_list_err')],
      ],
    ],
    [
      'Authentication Errors',
      [
        ['Invalid Type', count('invalid_authtype')],
        ['Type Mismatch', count('authtype_mismatch')],
        ['Failure', count('auth_failure')],
      ],
    ],
    [
      'Priority Zero',
      [
        ['Received', counters.priorityZeroReceived],
        ['Sent', counters.priorityZeroSent],
      ],
    ],
    ...droppedElse(running),
  ]);
}

type Section = readonly [string, number | readonly (readonly [string, number])[]];

/** What keepalived has no counter for. */
function droppedElse({ drops }: Running): readonly Section[] {
  const known = new Set<string>(Object.values(packetCounters).flat());
  const others = [...drops].filter(([reason]) => !known.has(reason));
  return others.length === 0 ? [] : [['Other packets dropped', others]];
}

function sections(all: readonly Section[]): string {
  return all
    .map(([label, value]) =>
      typeof value === 'number'
        ? `  ${label}: ${value}\n`
        : `  ${label}:\n${value.map(([name, n]) => `    ${name}: ${n}\n`).join('')}`,
    )
    .join('');
}
