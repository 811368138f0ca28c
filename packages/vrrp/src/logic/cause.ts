import type { VrrpInstance } from '@holdfast/config';
import { type IpAddress, type Micros, minus, toSeconds } from '@holdfast/kit';
import { faultText } from './messages.ts';
import { effectivePriority } from './priority.ts';
import type { InstanceEvent, InstanceState, Phase } from './types.ts';

/** Why an instance is in another state now: a kind for programs, a sentence for people. */
export interface TransitionCause {
  readonly kind: CauseKind;
  readonly text: string;
}

export type CauseKind =
  | 'started'
  | 'resumed'
  | 'master-silent'
  | 'master-left'
  | 'lower-priority-master'
  | 'higher-priority-heard'
  | 'same-priority-heard'
  | 'fault'
  | 'fault-over'
  | 'scripts-decided'
  | 'address-keeps-vanishing'
  | 'handed-over'
  | 'handover-unanswered'
  | 'stopped';

type Step = {
  readonly config: VrrpInstance;
  readonly before: InstanceState;
  readonly event: InstanceEvent;
  readonly after: InstanceState;
  readonly now: Micros;
};

/** Names the cause of a step that led to another state; a pure function of what the step saw. */
export function causeOf(step: Step): TransitionCause {
  const { event, before, after } = step;
  if (after.phase.kind === 'fault') return faulty(after.phase);
  switch (event.kind) {
    case 'start':
      return started(step);
    case 'stop':
      return event.deleted
        ? { kind: 'stopped', text: 'it is not in the configuration any more' }
        : { kind: 'stopped', text: 'the daemon stops' };
    case 'handover':
      return { kind: 'handed-over', text: 'an operator handed it over' };
    case 'address-lost':
      return {
        kind: 'address-keeps-vanishing',
        text: `somebody deletes ${event.address.address} again and again`,
      };
    case 'advert':
      return steppedDown(step, event.advert);
    case 'surroundings':
      return before.phase.kind === 'init'
        ? { kind: 'scripts-decided', text: 'every tracked script has a result now' }
        : { kind: 'fault-over', text: 'nothing is in the way any more' };
    default:
      return tookOver(step);
  }
}

function faulty({ causes }: Extract<Phase, { kind: 'fault' }>): TransitionCause {
  return { kind: 'fault', text: causes.map(faultText).join(', ') };
}

function started({ config, before, event, after }: Step): TransitionCause {
  const saved = event.kind === 'start' ? event.saved : undefined;
  const { phase } = after;
  if (phase.kind === 'master' && saved?.phase === 'master')
    return { kind: 'resumed', text: 'the worker was replaced in time to go on' };
  if (saved !== undefined) return { kind: 'started', text: 'the worker was replaced' };
  if (phase.kind === 'master') return { kind: 'started', text: 'the address owner starts as master' };
  if (phase.kind === 'init') return { kind: 'started', text: 'it waits for the first result of its scripts' };
  const text = `the daemon started${config.priority === 255 && before.handedOver ? ', handed over' : ''}`;
  return { kind: 'started', text };
}

function steppedDown(
  { config, before }: Step,
  advert: { readonly source: IpAddress; readonly priority: number },
): TransitionCause {
  const ours = effectivePriority(config, before);
  return advert.priority === ours
    ? {
        kind: 'same-priority-heard',
        text: `${advert.source} has the same priority ${ours} and the higher address`,
      }
    : {
        kind: 'higher-priority-heard',
        text: `${advert.source} has the higher priority ${advert.priority}, ours is ${ours}`,
      };
}

function tookOver({ config, before, now }: Step): TransitionCause {
  const { master, phase, enteredAt } = before;
  if (phase.kind === 'backup' && phase.goodbyeFrom !== undefined)
    return { kind: 'master-left', text: `the master ${phase.goodbyeFrom} said goodbye (priority 0)` };
  if (before.handedOver)
    return {
      kind: 'handover-unanswered',
      text: `handed over, but no other router answered for ${since(master?.heardAt ?? enteredAt, now)}`,
    };
  if (master === undefined)
    return { kind: 'master-silent', text: `no master was heard for ${since(enteredAt, now)}` };
  const silent = minus(now, master.heardAt);
  const ours = effectivePriority(config, before);
  const isThere = silent < before.masterAdvertInterval * 2;
  if (isThere && master.priority < ours)
    return {
      kind: 'lower-priority-master',
      text: `the master ${master.address} has the lower priority ${master.priority}, ours is ${ours}`,
    };
  return {
    kind: 'master-silent',
    text: `the master ${master.address} was silent for ${since(master.heardAt, now)}`,
  };
}

const since = (from: Micros, now: Micros): string => `${toSeconds(minus(now, from)).toFixed(3)} s`;
