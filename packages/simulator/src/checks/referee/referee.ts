import { type Micros, micros, seconds, toSeconds, unreachable } from '@holdfast/kit';
import type { InstanceEvent } from '@holdfast/vrrp';
import type { RouterName } from '../../story/types.ts';
import type { Observation } from '../../world/observation.ts';
import { tolerance } from '../tolerance.ts';
import type { Check, Report } from '../types.ts';
import { refereeBackup, refereeMasterDown, shiftedBackup } from './backup.ts';
import { freshBackup } from './entering.ts';
import { refereeAdvertTimer, refereeMaster, reloadedMaster } from './master.ts';
import { belongs, refereeStart } from './start.ts';
import { around, exactly, exactSkew, mapSpan, priorityInForce, type Span } from './timers.ts';
import type { Expected, Sight, StepSeen } from './types.ts';

/**
 * Watches one router against the RFCs' state machine, written from their text and the conformance table, sharing
 * nothing with the code under test. It knows what the router was told, keeps the spans of time in which it has to
 * act, and objects to every transition and every advert that has no cause, or comes too early, too late or not at all.
 */
export function referee(router: RouterName, report: Report): Check {
  let expected: Expected | undefined;
  let excusedUntil = micros(0);
  let lastSentAt: Micros | undefined;
  let diedAs: Sight['diedAs'];
  let asleep = false;
  let handedOver = false;
  /** It ends for a restart: what is due is the successor's. */
  let leaves = false;

  const onStep = (seen: StepSeen): void => {
    leaves = seen.event.kind === 'stop' && seen.event.staying === true;
    handedOver = wishAfter(seen.event, handedOver);
    const sight = sightOf(seen, { excusedUntil, lastSentAt, diedAs, handedOver }, report);
    judgeGoodbyes(sight);
    judgePriorities(sight);
    expected = judge(expected, sight);
    const is = seen.after.phase.kind;
    if (expected.phase !== is) sight.object('necessity', `it should be ${expected.phase}, and is ${is}`);
  };
  const nothingOverdue = (at: Micros): void => {
    if (expected?.phase === 'backup' && at > expected.takeOver.to + tolerance.late) {
      const text = `Master_Down_Timer ended at ${toSeconds(expected.takeOver.to)} s, and it is still backup`;
      report({ rule: 'late takeover', at, router, text });
    }
    if (expected?.phase === 'master' && at > expected.advertDue.to + tolerance.late) {
      const text = `an advert was due at ${toSeconds(expected.advertDue.to)} s, and has not been sent`;
      report({ rule: 'advert pace', at, router, text });
    }
  };
  return {
    observe(o: Observation) {
      if (o.router !== router) return;
      const isGone = o.kind === 'condition' && o.gone === true;
      if (o.kind === 'worker-gone') diedAs = expected?.phase ?? diedAs;
      if (o.kind === 'sent' && o.advert.priority > 0) lastSentAt = o.at;
      else if (o.kind === 'step') onStep(o);
      else if (o.kind === 'turn' && !leaves) nothingOverdue(o.at);
      else if (o.kind === 'woke') [excusedUntil, asleep] = [o.at, false];
      else if (o.kind === 'worker-gone' || isGone) [expected, asleep] = [undefined, false];
      else if (o.kind === 'condition' && o.asleep === true) asleep = true;
      if (isGone) [lastSentAt, diedAs] = [undefined, undefined];
    },
    finish(at) {
      if (!asleep) nothingOverdue(at);
    },
  };
}

function sightOf(
  seen: StepSeen,
  memory: Pick<Sight, 'excusedUntil' | 'lastSentAt' | 'diedAs' | 'handedOver'>,
  report: Report,
): Sight {
  return {
    seen,
    sent: seen.effects.flatMap((effect) => (effect.kind === 'send-advert' ? [effect.priority] : [])),
    ours: priorityInForce(seen.config, seen.after.surroundings.weight, memory.handedOver),
    ...memory,
    object: (rule, text) => {
      report({ rule, at: seen.at, router: seen.router, text });
    },
  };
}

/** RFC 9568 §5.2.4: only a master that stops says priority 0, once; keepalived's FAULT is such a stop. */
function judgeGoodbyes({ seen, sent, object }: Sight): void {
  // A successor may have to give up what it has just gone on with.
  if (seen.event.kind === 'start' && seen.event.handedOver === true) return;
  const leaves = seen.before.phase.kind === 'master' && seen.after.phase.kind !== 'master';
  const causes = ['stop', 'surroundings', 'address-lost', 'handover'];
  const allowed = leaves && causes.includes(seen.event.kind) ? 1 : 0;
  const said = sent.filter((priority) => priority === 0).length;
  if (said !== allowed) object('goodbye', `priority 0 is sent ${said} times, not ${allowed}`);
}

function judgePriorities({ sent, ours, object }: Sight): void {
  const wrong = sent.find((priority) => priority !== 0 && priority !== ours);
  if (wrong !== undefined) object('priority', `an advert says ${wrong}, the priority in force being ${ours}`);
}

function judge(expected: Expected | undefined, sight: Sight): Expected {
  const { event } = sight.seen;
  if (expected === undefined || event.kind === 'start') {
    return refereeStart(sight, event.kind === 'start' ? event.saved : undefined);
  }
  switch (event.kind) {
    case 'advert':
      if (expected.phase === 'backup') return refereeBackup(expected, sight, event.advert);
      return expected.phase === 'master' ? refereeMaster(expected, sight, event.advert) : expected;
    case 'deadline':
      if (expected.phase === 'backup') return refereeMasterDown(expected, sight);
      return expected.phase === 'master' ? refereeAdvertTimer(expected, sight) : expected;
    case 'surroundings':
      return surroundingsChanged(expected, sight);
    case 'reload':
      return reloaded(expected, sight, event);
    case 'address-lost':
      return addressLost(expected, sight);
    case 'stop':
      return event.staying === true ? staysForSuccessor(expected, sight) : { phase: 'init' };
    case 'address-failed':
      return expected;
    case 'handover':
      return handedOverOrBack(expected, sight, event.on);
    default:
      return unreachable(event);
  }
}

/** A planned restart: a master sends one advert more, and nobody says or does anything else. */
function staysForSuccessor(expected: Expected, { seen, sent, object }: Sight): Expected {
  const due = expected.phase === 'master' ? 1 : 0;
  if (sent.length !== due) object('restart', `before a restart it sends ${sent.length} adverts, not ${due}`);
  if (seen.effects.some(({ kind }) => kind === 'remove-addresses' || kind === 'notify'))
    object('restart', 'before a restart it takes addresses away, or notifies');
  return expected.phase === 'master'
    ? { ...expected, advertDue: exactly(seen.at + seen.config.advertInterval) }
    : expected;
}

const wishAfter = (event: InstanceEvent, before: boolean): boolean => {
  if (event.kind === 'handover') return event.on;
  return event.kind === 'start' ? event.handedOver === true : before;
};

/** A master gives up, or says its own priority again; a backup's running timer moves by the skew; others do nothing. */
function handedOverOrBack(expected: Expected, sight: Sight, on: boolean): Expected {
  const { seen, sent } = sight;
  const before = priorityInForce(seen.config, seen.before.surroundings.weight, !on);
  switch (expected.phase) {
    case 'backup':
      return shiftedBackup(expected, sight, { config: seen.config, priority: before }, expected.learnt);
    case 'master':
      if (on) return freshBackup(sight, exactly(seen.config.advertInterval), 'no');
      if (sent.length !== 1) sight.object('handover', `taken back it sends ${sent.length} adverts, not one`);
      return { ...expected, advertDue: exactly(seen.at + seen.config.advertInterval) };
    default:
      return expected;
  }
}

/** keepalived's tracking: a fault stops a router at once, its end starts it anew, weights move the running timer. */
function surroundingsChanged(expected: Expected, sight: Sight): Expected {
  const { seen } = sight;
  const { faults } = seen.after.surroundings;
  const priority = priorityInForce(seen.config, seen.before.surroundings.weight, sight.handedOver);
  switch (expected.phase) {
    case 'init':
      return belongs(sight, undefined);
    case 'fault':
      return faults.length > 0 ? expected : recovered(expected, sight);
    case 'backup':
      if (faults.length > 0) return { phase: 'fault', learnt: expected.learnt };
      return shiftedBackup(expected, sight, { config: seen.config, priority }, expected.learnt);
    case 'master':
      return faults.length > 0 ? { phase: 'fault', learnt: expected.learnt } : expected;
    default:
      return unreachable(expected);
  }
}

/** The end of a FAULT is a start, but a router may still go by the interval it learnt before. */
function recovered(expected: Extract<Expected, { phase: 'fault' }>, sight: Sight): Expected {
  const fresh = belongs(sight, undefined);
  if (fresh.phase !== 'backup') return fresh;
  const own = sight.seen.config.advertInterval;
  const [from, to] = [Math.min(own, expected.learnt.from), Math.max(own, expected.learnt.to)];
  return freshBackup(sight, { from: micros(from), to: micros(to) }, 'unknown');
}

/** A reload that changes nothing does nothing; one that changes values moves the timers that stand on them. */
function reloaded(
  expected: Expected,
  sight: Sight,
  event: Extract<InstanceEvent, { kind: 'reload' }>,
): Expected {
  const { seen } = sight;
  const { previous } = event;
  const changed = JSON.stringify(previous) !== JSON.stringify(seen.config);
  if (!changed && seen.effects.some((effect) => effect.kind !== 'log')) {
    sight.object('necessity', 'the file is unchanged, yet the reload does something');
  }
  if (expected.phase === 'master') return reloadedMaster(expected, sight, changed);
  if (expected.phase !== 'backup') return expected;
  const priority = priorityInForce(previous, seen.before.surroundings.weight, sight.handedOver);
  const learnt = learntAfterReload(expected, sight);
  const moved = shiftedBackup(expected, sight, { config: previous, priority }, learnt);
  const sameRules =
    previous.preemptDelay === seen.config.preemptDelay && previous.nopreempt === seen.config.nopreempt;
  return sameRules ? moved : { ...moved, preemptAt: 'unknown' };
}

/** What was learnt from a master still counts; what is one's own is the new one (RFC 9568 §6.1). */
function learntAfterReload(expected: Extract<Expected, { phase: 'backup' }>, { seen }: Sight): Span {
  const own = exactly(seen.config.advertInterval);
  if (seen.config.version === 2 || expected.heard === 'no') return own;
  return expected.heard === 'yes' ? expected.learnt : around(own, expected.learnt);
}

/** It is put back at once, unless it goes missing again and again: then another router gets its turn. */
function addressLost(expected: Expected, sight: Sight): Expected {
  const { seen } = sight;
  if (expected.phase !== 'master') return expected;
  const losses = [...expected.losses, seen.at].filter((at) => seen.at - at < seconds(10));
  if (seen.after.phase.kind === 'master') {
    if (!seen.effects.some((effect) => effect.kind === 'add-addresses')) {
      sight.object('address', 'somebody deleted an address, and it is not put back');
    }
    return { ...expected, losses };
  }
  if (losses.length <= 3) sight.object('necessity', 'it gives up being master for one lost address');
  const fresh = freshBackup(sight, expected.learnt, 'unknown');
  return {
    ...fresh,
    takeOver: mapSpan(fresh.learnt, (i) => seen.at + exactSkew(seen.config, sight.ours, i)),
  };
}
