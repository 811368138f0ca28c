import { type Micros, micros, seconds } from '@holdfast/kit';

/** How often a worker has been replaced lately. */
export interface RespawnHistory {
  readonly attempts: number;
}

export const freshHistory: RespawnHistory = { attempts: 0 };

const delays = [0, 1, 2, 4, 8, 16, 32, 60].map((n) => seconds(n));
const longEnough = seconds(60);

/**
 * When a worker that died is replaced: at once after a run of a minute, otherwise after 0, 1, 2, 4, ... 60 seconds, so
 * that a worker that cannot live does not use up the machine (as keepalived does).
 */
export function nextRespawn(
  history: RespawnHistory,
  ranFor: Micros,
): { readonly delay: Micros; readonly history: RespawnHistory } {
  if (ranFor >= longEnough) return { delay: micros(0), history: freshHistory };
  const delay = delays[Math.min(history.attempts, delays.length - 1)] ?? longEnough;
  return { delay, history: { attempts: history.attempts + 1 } };
}
