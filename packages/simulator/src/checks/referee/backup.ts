import { micros, plus, type seconds, toSeconds } from '@holdfast/kit';
import type { HeardAdvert } from '@holdfast/vrrp';
import { tolerance } from '../tolerance.ts';
import { newMaster } from './entering.ts';
import { around, exactly, exactMasterDown, exactSkew, mapSpan, type Span } from './timers.ts';
import type { Expected, Sight } from './types.ts';

type Backup = Extract<Expected, { phase: 'backup' }>;

/** RFC 9568 §6.4.2 (V-BK-05 to V-BK-14): which moment an advert makes of the takeover, and that it does no more. */
export function refereeBackup(expected: Backup, sight: Sight, advert: HeardAdvert): Expected {
  const { seen, sent, ours } = sight;
  if (seen.after.phase.kind !== 'backup' || sent.length > 0) {
    sight.object('necessity', `a backup that hears priority ${advert.priority} stays one and says nothing`);
  }
  if (advert.priority === 0) {
    const takeOver = mapSpan(expected.learnt, (i) => seen.at + exactSkew(seen.config, ours, i));
    return { ...expected, takeOver };
  }
  if (seen.config.nopreempt || advert.priority >= ours) return followed(expected, sight, advert, 'not-begun');
  return lowerPriority(expected, sight, advert);
}

/** V-BK-06: becoming master when the timer fires, not earlier, not later. */
export function refereeMasterDown(expected: Backup, sight: Sight): Expected {
  const { seen } = sight;
  if (seen.after.phase.kind === 'backup') return expected;
  if (seen.after.phase.kind !== 'master') {
    sight.object('necessity', `nothing but time has passed, yet it is ${seen.after.phase.kind}`);
  }
  const { from, to } = expected.takeOver;
  if (seen.at < from - tolerance.early) {
    sight.object('early takeover', `Master_Down_Timer ends at ${toSeconds(from)} s at the earliest`);
  }
  if (seen.at > Math.max(to, sight.excusedUntil) + tolerance.late) {
    sight.object('late takeover', `Master_Down_Timer ended at ${toSeconds(to)} s`);
  }
  return newMaster(sight);
}

function followed(
  expected: Backup,
  { seen, ours }: Sight,
  advert: HeardAdvert,
  preemptAt: Backup['preemptAt'],
): Backup {
  const learnt =
    seen.config.version === 3 ? exactly(advert.advertInterval) : exactly(seen.config.advertInterval);
  const takeOver = mapSpan(learnt, (i) => seen.at + exactMasterDown(seen.config, ours, i));
  return { ...expected, learnt, heard: 'yes', takeOver, preemptAt };
}

/** keepalived.conf(5) preempt_delay: begins with the first lower priority; until it ends, that master is followed. */
function lowerPriority(expected: Backup, sight: Sight, advert: HeardAdvert): Backup {
  const { seen } = sight;
  const { preemptDelay } = seen.config;
  if (preemptDelay === 0 && expected.preemptAt !== 'unknown') return expected;
  const begun = expected.preemptAt === 'not-begun' ? plus(seen.at, preemptDelay) : expected.preemptAt;
  const following = followed(expected, sight, advert, begun);
  const either = { ...following, learnt: around(expected.learnt, following.learnt) };
  const unclear: Backup = { ...either, takeOver: around(expected.takeOver, following.takeOver) };
  if (begun === 'unknown' || Math.abs(begun - seen.at) <= tolerance.early) return unclear;
  return seen.at < begun ? following : { ...expected, preemptAt: begun };
}

/** keepalived's rule: another priority or configuration moves the running timer by what it changes. */
export function shiftedBackup(
  expected: Backup,
  sight: Sight,
  before: { readonly config: Sight['seen']['config']; readonly priority: number },
  learnt: Span,
): Backup {
  const { seen, ours } = sight;
  const ends = [expected.learnt.from, expected.learnt.to].flatMap((old) =>
    [learnt.from, learnt.to].map(
      (next) =>
        exactMasterDown(seen.config, ours, next) - exactMasterDown(before.config, before.priority, old),
    ),
  );
  const moved = (end: number, by: number): ReturnType<typeof seconds> => micros(Math.max(seen.at, end + by));
  const takeOver = {
    from: moved(expected.takeOver.from, Math.min(...ends)),
    to: moved(expected.takeOver.to, Math.max(...ends)),
  };
  return { ...expected, learnt, takeOver };
}
