import type { HealthConfig } from '@holdfast/config';
import type { PortFailure, Process } from './ports.ts';

type Wanted = Pick<HealthConfig, 'nice' | 'realtimePriority'>;

/** `checker_priority` and `checker_rt_priority`: what is different from before is set, what is gone is taken back. */
export function schedule(
  process: Process,
  before: Wanted | undefined,
  wanted: Wanted | undefined,
): readonly PortFailure[] {
  const realtime =
    before?.realtimePriority === wanted?.realtimePriority ? undefined : (wanted?.realtimePriority ?? 0);
  const nice = before?.nice === wanted?.nice ? undefined : (wanted?.nice ?? 0);
  return [
    ...(realtime === undefined ? [] : [process.setScheduling({ realtime })]),
    ...(nice === undefined ? [] : [process.setScheduling({ nice })]),
  ].filter((failure) => failure !== undefined);
}
