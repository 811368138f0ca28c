import { micros } from '@holdfast/kit';
import { isGiven, readValue } from '../build/read.ts';
import type { Row } from '../keywords/row.ts';
import { vrrpInstanceRows as rows } from '../keywords/vrrp-instance.ts';
import type { VrrpInstance } from '../types.ts';
import { type InstanceRule, reportKeyword } from './rule.ts';

/** A value that strict mode does not allow, and what it becomes. */
interface Correction {
  readonly row: Row;
  /** What is wrong, or `undefined` when nothing is. */
  readonly wrong: (instance: VrrpInstance) => string | undefined;
  readonly used: (instance: VrrpInstance) => string;
  readonly correct: (instance: VrrpInstance) => VrrpInstance;
}

const stateOf = ({ priority }: VrrpInstance): 'MASTER' | 'BACKUP' => (priority === 255 ? 'MASTER' : 'BACKUP');

const corrections: readonly Correction[] = [
  {
    row: rows.state,
    wrong: (instance) =>
      instance.initialState === stateOf(instance)
        ? undefined
        : `state ${instance.initialState} with priority ${instance.priority}`,
    used: (instance) => `state ${stateOf(instance)}`,
    correct: (instance) => ({ ...instance, initialState: stateOf(instance) }),
  },
  {
    row: rows.preempt_delay,
    wrong: ({ preemptDelay }) => (preemptDelay === 0 ? undefined : 'preempt_delay'),
    used: () => 'no delay',
    correct: (instance) => ({ ...instance, preemptDelay: micros(0) }),
  },
  {
    row: rows.down_timer_adverts,
    wrong: ({ downTimerAdverts }) =>
      downTimerAdverts === 3 ? undefined : `down_timer_adverts ${downTimerAdverts}`,
    used: () => '3',
    correct: (instance) => ({ ...instance, downTimerAdverts: 3 }),
  },
  {
    row: rows.lower_prio_no_advert,
    wrong: ({ lowerPriorityNoAdvert }) => (lowerPriorityNoAdvert ? undefined : 'lower_prio_no_advert off'),
    used: () => 'on',
    correct: (instance) => ({ ...instance, lowerPriorityNoAdvert: true }),
  },
  {
    row: rows.higher_prio_send_advert,
    wrong: ({ higherPrioritySendAdvert }) =>
      higherPrioritySendAdvert ? 'higher_prio_send_advert' : undefined,
    used: () => 'off',
    correct: (instance) => ({ ...instance, higherPrioritySendAdvert: false }),
  },
];

const correctedInStrictMode: InstanceRule = (instance, node, context) => {
  if (!instance.strict) return instance;
  let corrected = instance;
  for (const { row, wrong, used, correct } of corrections) {
    const what = wrong(corrected);
    if (what === undefined) continue;
    reportKeyword(context, node, row, {
      code: 'strict-mode-corrected',
      message: `strict mode does not allow ${what}`,
      used: used(corrected),
      remedy: 'remove the line, or strict mode (vrrp_strict, strict_mode)',
    });
    corrected = correct(corrected);
  }
  return corrected;
};

/** Strict mode sends nothing on its own account after a lower-priority advert. */
const noGarpForLowerPriority: InstanceRule = (instance, node, context) => {
  if (!instance.strict) return instance;
  const given = [rows.garp_lower_prio_delay, rows.garp_lower_prio_repeat].find(
    (row) => (readValue(node, row) ?? 0) !== 0,
  );
  if (given !== undefined) {
    reportKeyword(context, node, given, {
      code: 'strict-mode-corrected',
      message: 'strict mode does not allow gratuitous ARPs after an advert of lower priority',
      used: '0',
      remedy: 'remove the line, or strict mode (vrrp_strict, strict_mode)',
    });
  }
  return { ...instance, garp: { ...instance.garp, lowerPriorityDelay: micros(0), lowerPriorityRepeat: 0 } };
};

/** Strict mode speaks to the group. Newer versions of keepalived end with peers; 2.2 runs with them, and so do we. */
const peersToo: InstanceRule = (instance, node, context) => {
  if (!instance.strict || instance.unicastPeers.length === 0) return instance;
  reportKeyword(context, node, rows.unicast_peer, {
    code: 'strict-mode-unicast',
    severity: 'warning',
    message: 'strict mode does not allow unicast_peer: keepalived 2.4 does not run with both',
    used: 'both',
    remedy: 'remove vrrp_strict (or write strict_mode off), or remove unicast_peer',
    keepalived: 'none',
  });
  return instance;
};

/** Version 2 has no accept mode: only the owner answers. */
const noAcceptInVersion2: InstanceRule = (instance, node, context) => {
  const isWrong = instance.strict && instance.version === 2 && instance.priority !== 255;
  if (!isWrong || !isGiven(node, rows.accept)) return instance;
  reportKeyword(context, node, rows.accept, {
    code: 'strict-mode-corrected',
    message: 'strict mode with version 2 does not allow accept',
    used: 'no accept',
    remedy: 'remove the line, or strict mode (vrrp_strict, strict_mode)',
  });
  return instance;
};

export const strictRules: readonly InstanceRule[] = [
  correctedInStrictMode,
  noGarpForLowerPriority,
  peersToo,
  noAcceptInVersion2,
];
