import type { VrrpInstance } from '@holdfast/config';
import { type Micros, minus, toSeconds } from '@holdfast/kit';
import { faultText } from './messages.ts';
import type { InstanceStatistics, InstanceStatus, TrackedStatus } from './status.ts';
import { masterDownInterval, skewTime } from './timers.ts';

/** What would bring an instance into another state, now. */
export interface Outlook {
  /** The state it would enter. */
  readonly to: 'MASTER' | 'BACKUP' | 'FAULT';
  /** What has to happen, as the rest of a sentence that begins with "when" or "after". */
  readonly when: string;
}

/**
 * Everything that would change the state now, the nearest first; a pure function of what core knows.
 * @param statistics undefined: the worker did not answer in time; then nothing is said of running timers
 */
export function outlook(
  config: VrrpInstance,
  status: InstanceStatus,
  statistics: InstanceStatistics | undefined,
  now: Micros,
): readonly Outlook[] {
  switch (status.phase) {
    case 'master':
      return [
        ...masterLoses(config, status),
        ...byLoss(status),
        ...byHandover(status),
        ...byFault(config, status),
      ];
    case 'backup':
      return [...backupTakesOver(config, status, statistics, now), ...byFault(config, status)];
    case 'fault':
      return [{ to: 'BACKUP', when: `when all of this is over: ${status.faults.map(faultText).join(', ')}` }];
    default:
      return [{ to: 'BACKUP', when: 'when every tracked script has had its first result' }];
  }
}

function masterLoses(config: VrrpInstance, { priority, source }: InstanceStatus): readonly Outlook[] {
  const higher = priority === 255 ? [] : [`a priority above ${priority}`];
  const tie = source === undefined ? [] : [`priority ${priority} from an address above ${source}`];
  const heard = [...higher, ...tie].join(', or ');
  const listens = !(config.ownerIgnoreAdverts && priority === 255);
  return listens && heard !== '' ? [{ to: 'BACKUP', when: `when an advert says ${heard}` }] : [];
}

/** What would take priority from a master. A priority of 255, or that of a handover, is not touched by what is tracked. */
function byLoss({ priority, handedOver, tracked }: InstanceStatus): readonly Outlook[] {
  if (priority === 255 || handedOver) return [];
  return tracked.filter(mayTake).map(({ kind, name, weight, reverse }) => {
    const left = Math.max(1, priority - Math.abs(weight));
    const turn = kind === 'interface' ? 'goes down' : `${reverse ? 'succeeds' : 'fails'} often enough`;
    return {
      to: 'BACKUP',
      when: `when ${kind} ${name} ${turn} and another router has more than the ${left} that is left`,
    };
  });
}

/** Costs no priority yet, and could. */
const mayTake = (tracked: TrackedStatus): boolean =>
  tracked.weight !== 0 && !isHolding(tracked) && tracked.condition !== 'undecided';

const byHandover = ({ handedOver }: InstanceStatus): readonly Outlook[] =>
  handedOver ? [] : [{ to: 'BACKUP', when: 'when an operator hands it over (holdfast handover)' }];

function backupTakesOver(
  config: VrrpInstance,
  status: InstanceStatus,
  statistics: InstanceStatistics | undefined,
  now: Micros,
): readonly Outlook[] {
  const { priority, masterAdvertInterval, master } = status;
  const down = masterDownInterval(config, priority, masterAdvertInterval);
  const skew = skewTime(config, priority, masterAdvertInterval);
  const who = master === undefined ? 'any router' : String(master.address);
  const left = statistics?.masterDownAt;
  const running = left === undefined ? '' : ` (${inSeconds(minus(left, now))} from now unless one comes)`;
  return [
    { to: 'MASTER', when: `after ${inSeconds(down)} without an advert of ${who}${running}` },
    { to: 'MASTER', when: `${inSeconds(skew)} after the master has said goodbye (priority 0)` },
    ...byPriority(config, status),
  ];
}

/** What a higher priority of its own would do; and why it does nothing. */
function byPriority(config: VrrpInstance, status: InstanceStatus): readonly Outlook[] {
  const { master, priority, handedOver, tracked } = status;
  if (master === undefined) return [];
  const notBefore = `${master.priority > 0 ? `the master's priority ${master.priority}` : 'the master'}`;
  if (handedOver)
    return [
      {
        to: 'MASTER',
        when: `when an operator takes it back (holdfast handover --back), if it then beats ${notBefore}`,
      },
    ];
  if (config.nopreempt) return [];
  if (priority > master.priority)
    return [{ to: 'MASTER', when: `soon: priority ${priority} beats ${notBefore}` }];
  const lacking = tracked.filter(isHolding);
  const names = lacking.map(({ kind, name, weight }) => `${kind} ${name} (${Math.abs(weight)})`);
  const gain = lacking.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  if (priority + gain <= master.priority)
    return [{ to: 'MASTER', when: `when its priority ${priority} rises above ${notBefore}` }];
  return [
    {
      to: 'MASTER',
      when: `when ${names.join(', ')} gives its weight back: ${priority + gain} beats ${notBefore}`,
    },
  ];
}

/** Costs priority at the moment: a positive weight that is not given, or a negative one that is taken. */
function isHolding({ weight, reverse, condition }: TrackedStatus): boolean {
  if (weight === 0) return false;
  const good = (condition === 'good') !== reverse;
  return condition === 'undecided' ? weight > 0 : !good;
}

function byFault(config: VrrpInstance, { tracked }: InstanceStatus): readonly Outlook[] {
  const links = tracked.filter(({ kind, weight }) => kind === 'interface' && weight === 0);
  const own = config.dontTrackPrimary ? [] : [config.interface];
  const names = [...new Set([...own, ...links.map(({ name }) => name)])];
  const scripts = tracked.filter(({ kind, weight }) => kind === 'script' && weight === 0);
  return [
    ...(names.length === 0 ? [] : [{ to: 'FAULT', when: `when ${names.join(' or ')} goes down` } as const]),
    ...scripts.map(
      ({ name, reverse }): Outlook => ({
        to: 'FAULT',
        when: `when script ${name} ${reverse ? 'succeeds' : 'fails'} often enough`,
      }),
    ),
  ];
}

const inSeconds = (t: Micros): string => `${toSeconds(t).toFixed(2)} s`;
