import { type Micros, micros, toSeconds } from '@holdfast/kit';
import type { SavedInstance } from '@holdfast/vrrp';
import { tolerance } from '../tolerance.ts';
import { freshBackup, newMaster } from './entering.ts';
import { around, exactly, span } from './timers.ts';
import type { Expected, Sight } from './types.ts';

/** RFC 9568 §6.4.1 (V-IN-01 to V-IN-06), and the rule for a worker that takes over from one that died. */
export function refereeStart(sight: Sight, saved: SavedInstance | undefined): Expected {
  const { seen } = sight;
  const to = seen.after.phase.kind;
  const givesUp = seen.event.kind === 'start' && seen.event.handedOver === true && saved?.phase === 'master';
  if (givesUp && saved.handedOver !== true) return givenUp(sight, saved);
  if (sight.sent.includes(0)) sight.object('necessity', 'a router that starts sends priority 0');
  if (to === 'master' && !startsAsMaster(sight)) return refereeResume(sight, saved);
  if (saved !== undefined && to !== 'master' && mustResume(sight, saved)) {
    sight.object('resume', `its last advert was sent at ${toSeconds(lastAdvert(sight))} s, yet it is ${to}`);
  }
  return belongs(sight, saved);
}

/** RFC 9568 §6.4.1: the address owner, unless an operator has handed it over. */
const startsAsMaster = ({ seen, handedOver }: Sight): boolean => seen.config.priority === 255 && !handedOver;

/** It was master when its worker died, and was handed over since: it says goodbye if it might have gone on. */
function givenUp(sight: Sight, saved: SavedInstance): Expected {
  if (sight.sent.some((priority) => priority !== 0) || sight.sent.length > 1)
    sight.object('handover', `it was handed over, and says ${sight.sent.join(', ')}`);
  const { faults, undecided } = sight.seen.after.surroundings;
  const learnt = around(exactly(sight.seen.config.advertInterval), exactly(saved.masterAdvertInterval));
  if (faults.length > 0) return { phase: 'fault', learnt };
  return undecided && sight.sent.length === 0 ? { phase: 'init' } : freshBackup(sight, learnt, 'unknown');
}

/** Where a router belongs that is neither backup nor master yet: FAULT, waiting, owner, backup. */
export function belongs(sight: Sight, saved: SavedInstance | undefined): Expected {
  const { seen } = sight;
  const { faults, undecided } = seen.after.surroundings;
  const own = exactly(seen.config.advertInterval);
  const learnt = saved === undefined ? own : around(own, exactly(saved.masterAdvertInterval));
  const must = faults.length > 0 ? 'fault' : undecided ? 'init' : startsAsMaster(sight) ? 'master' : 'backup';
  const is = seen.after.phase.kind;
  if (is !== must) sight.object('start', `it belongs in ${must}, and is in ${is}`);
  switch (is) {
    case 'init':
      return { phase: 'init' };
    case 'fault':
      return { phase: 'fault', learnt };
    case 'master':
      return saved === undefined ? newMaster(sight) : resumedOwner(sight, saved);
    case 'backup':
      if (sight.sent.length > 0) sight.object('necessity', 'a new backup sends an advert');
      return freshBackup(sight, learnt, saved === undefined ? 'no' : 'unknown');
    default:
      return { phase: 'init' };
  }
}

/** As long as no backup can have taken over: half the smallest Master_Down_Interval since the last advert. */
function refereeResume(sight: Sight, saved: SavedInstance | undefined): Expected {
  const { seen } = sight;
  if (saved?.phase !== 'master') sight.object('necessity', 'it starts as master, and was none before');
  else if (seen.at > lastAdvert(sight) + longestHalf(sight, saved) + tolerance.late) {
    sight.object(
      'resume',
      `it goes on as master, its last advert being of ${toSeconds(lastAdvert(sight))} s`,
    );
  }
  return resumed(sight, saved);
}

function resumed(sight: Sight, saved: SavedInstance | undefined): Expected {
  const { seen, sent } = sight;
  const { advertInterval } = seen.config;
  const onSchedule = saved === undefined ? seen.at : Math.max(seen.at, lastAdvert(sight) + advertInterval);
  const advertDue =
    sent.length > 0
      ? exactly(seen.at + advertInterval)
      : span(seen.at, Math.min(onSchedule, seen.at + advertInterval));
  return { phase: 'master', learnt: exactly(advertInterval), advertDue, losses: [] };
}

const resumedOwner = (sight: Sight, saved: SavedInstance): Expected =>
  sight.sent.length === 0 ? resumed(sight, saved) : newMaster(sight);

function mustResume(sight: Sight, saved: SavedInstance): boolean {
  const { seen } = sight;
  const { faults, undecided } = seen.after.surroundings;
  const shortest = (Math.min(3, seen.config.downTimerAdverts) * seen.config.advertInterval) / 2;
  const unchanged = saved.masterAdvertInterval === seen.config.advertInterval;
  const inTime = seen.at < lastAdvert(sight) + shortest - tolerance.late;
  return sight.diedAs === 'master' && unchanged && inTime && faults.length === 0 && !undecided;
}

/**
 * Half the Master_Down_Interval of a backup with priority 254, the shortest but the owner's. Backups go by what the
 * last advert said, whatever the file says now.
 */
function longestHalf({ seen }: Sight, saved: SavedInstance): number {
  const { downTimerAdverts, version } = seen.config;
  const advertInterval = Math.max(seen.config.advertInterval, saved.masterAdvertInterval);
  const skew = ((256 - 254) / 256) * (version === 2 ? 1_000_000 : advertInterval);
  return (Math.min(3, downTimerAdverts) * advertInterval + skew) / 2;
}

/** As the onlooker saw it, whatever was saved. */
const lastAdvert = ({ lastSentAt }: Sight): Micros => lastSentAt ?? micros(-1e12);
