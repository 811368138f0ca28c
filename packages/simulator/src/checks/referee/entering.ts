import { exactly, exactMasterDown, mapSpan, type Span } from './timers.ts';
import type { Expected, Sight } from './types.ts';

type Master = Extract<Expected, { phase: 'master' }>;
type Backup = Extract<Expected, { phase: 'backup' }>;

/** RFC 9568 §6.4.2 (110): an advert on becoming master, the next one an interval later, and its own interval again. */
export function newMaster(sight: Sight): Master {
  const { seen, sent } = sight;
  if (sent.length !== 1) sight.object('necessity', `a new master sends one advert, not ${sent.length}`);
  const { advertInterval } = seen.config;
  return {
    phase: 'master',
    learnt: exactly(advertInterval),
    advertDue: exactly(seen.at + advertInterval),
    losses: [],
  };
}

/** A fresh backup: the whole Master_Down_Interval from now, of whatever interval it may go by. */
export function freshBackup(sight: Sight, learnt: Span, heard: Backup['heard']): Backup {
  const { seen, ours } = sight;
  const takeOver = mapSpan(learnt, (i) => seen.at + exactMasterDown(seen.config, ours, i));
  return { phase: 'backup', learnt, heard, takeOver, preemptAt: 'not-begun' };
}
