import { micros, plus, toSeconds } from '@holdfast/kit';
import type { HeardAdvert } from '@holdfast/vrrp';
import { numberOf } from '../../world/packets.ts';
import { tolerance } from '../tolerance.ts';
import { freshBackup } from './entering.ts';
import { exactly, type Span, span } from './timers.ts';
import type { Expected, Sight } from './types.ts';

type Master = Extract<Expected, { phase: 'master' }>;

/** RFC 9568 §6.4.3 (V-MA-09 to V-MA-14): who wins, and that a master that stays one says so at once. */
export function refereeMaster(expected: Master, sight: Sight, advert: HeardAdvert): Expected {
  const { seen, sent } = sight;
  const heard = `priority ${advert.priority} of ${advert.source}, ours being ${sight.ours}`;
  if (isBetter(advert, sight)) {
    if (seen.after.phase.kind !== 'backup') sight.object('election', `it hears ${heard}, and stays master`);
    if (sent.length > 0) sight.object('necessity', 'a master that has lost the election says nothing more');
    const { advertInterval } = seen.config;
    return freshBackup(
      sight,
      exactly(seen.config.version === 3 ? advert.advertInterval : advertInterval),
      'yes',
    );
  }
  if (seen.after.phase.kind !== 'master') sight.object('election', `it hears ${heard}, and gives up`);
  const answers = advert.priority === 0 || !seen.config.lowerPriorityNoAdvert;
  if (sent.length !== (answers ? 1 : 0)) {
    sight.object('election', `it hears ${heard}, and answers with ${sent.length} adverts`);
  }
  return answers ? { ...expected, advertDue: exactly(seen.at + seen.config.advertInterval) } : expected;
}

/** V-MA-08: adverts at their pace, which keeps its phase, and no bursts after a stall. */
export function refereeAdvertTimer(expected: Master, sight: Sight): Expected {
  const { seen, sent } = sight;
  if (seen.after.phase.kind !== 'master') {
    sight.object('necessity', `nothing but time has passed, yet the master is ${seen.after.phase.kind}`);
  }
  if (sent.length > 1) sight.object('advert pace', `${sent.length} adverts in one turn`);
  if (sent.length === 0) return expected;
  const { from, to } = expected.advertDue;
  if (seen.at < from - tolerance.early) {
    sight.object('advert pace', `an advert that is due at ${toSeconds(from)} s at the earliest`);
  }
  if (seen.at > Math.max(to, sight.excusedUntil) + tolerance.late) {
    sight.object('advert pace', `an advert that was due at ${toSeconds(to)} s`);
  }
  return { ...expected, advertDue: nextDue(expected.advertDue, sight) };
}

/** In phase with the ones before; what a stall has made too late altogether is left out, not made up for. */
function nextDue(due: Span, { seen }: Sight): Span {
  const { advertInterval } = seen.config;
  const inPhase = { from: plus(due.from, advertInterval), to: plus(due.to, advertInterval) };
  if (inPhase.to > seen.at) return inPhase;
  const missed = Math.floor((seen.at - due.from) / advertInterval);
  const next = due.from + (missed + 1) * advertInterval;
  return span(next, seen.at + advertInterval);
}

/** Another file: what it changes may be said at once, and no advert is later for it. */
export function reloadedMaster(expected: Master, sight: Sight, changed: boolean): Master {
  const { seen, sent } = sight;
  const { advertInterval } = seen.config;
  if (seen.after.phase.kind !== 'master') sight.object('reload', `the master is ${seen.after.phase.kind}`);
  if (sent.length > 1) sight.object('reload', `${sent.length} adverts are sent`);
  if (sent.length > 0 && !changed) sight.object('necessity', 'nothing has changed, yet an advert is sent');
  const learnt = exactly(advertInterval);
  if (sent.length === 0) return { ...expected, learnt };
  const next = micros(seen.at + advertInterval);
  return { ...expected, learnt, advertDue: span(Math.min(expected.advertDue.from, next), next) };
}

/** Higher priority, or the same and the greater address as unsigned number (V-MA-10, V-MA-11). */
function isBetter(advert: HeardAdvert, { seen, ours }: Sight): boolean {
  if (advert.priority !== ours) return advert.priority > ours;
  return numberOf(advert.source) > numberOf(seen.source);
}
