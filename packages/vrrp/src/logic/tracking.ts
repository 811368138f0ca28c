import type { TrackEntry } from '@holdfast/config';

/** What a tracked thing is at the moment; a script that has not run yet is undecided. */
export type Condition = 'good' | 'bad' | 'undecided';

/** What one entry of `track_script` or `track_interface` comes to. */
export type Tracked =
  | { readonly kind: 'weight'; readonly weight: number }
  | { readonly kind: 'fault' }
  | { readonly kind: 'undecided' };

/**
 * keepalived.conf(5) `track_script`, `track_interface`: a positive weight is added while good, a negative one while
 * bad, and weight 0 means FAULT while bad; `reverse` exchanges good and bad. What is undecided adds nothing.
 */
export function track(entry: TrackEntry, condition: Condition): Tracked {
  if (condition === 'undecided')
    return entry.weight === 0 ? { kind: 'undecided' } : { kind: 'weight', weight: 0 };
  const good = (condition === 'good') !== entry.reverse;
  if (entry.weight === 0) return good ? { kind: 'weight', weight: 0 } : { kind: 'fault' };
  return { kind: 'weight', weight: entry.weight > 0 === good ? entry.weight : 0 };
}
