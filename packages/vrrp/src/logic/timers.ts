import type { VrrpInstance } from '@holdfast/config';
import { type Micros, micros, plus, times } from '@holdfast/kit';

type Election = Pick<VrrpInstance, 'version' | 'priority' | 'downTimerAdverts'>;

/**
 * Skew_Time in whole microseconds, cut, not rounded: v2 (256 - P) / 256 s whatever the interval (RFC 3768 §6.1), v3
 * (256 - P) * Master_Adver_Interval / 256 (RFC 9568 §6.1). Never counted in centiseconds: at an interval of 10 ms
 * every priority would have no skew at all, and all backups would take over together.
 * @param priority the effective one; an address owner counts as 255 even while it yields (254)
 * @param masterAdvertInterval v3: the interval in use, in whole centiseconds; not looked at for v2
 */
export function skewTime(config: Election, priority: number, masterAdvertInterval: Micros): Micros {
  const steps = 256 - (config.priority === 255 && priority >= 254 ? 255 : priority);
  if (config.version === 2) return micros(Math.floor((steps * 1_000_000) / 256));
  const centiseconds = Math.floor(masterAdvertInterval / 10_000);
  return micros(Math.floor((steps * centiseconds * 625) / 16));
}

/** Master_Down_Interval (RFC 9568 §6.1); `down_timer_adverts` stands for its factor 3. Parameters as `skewTime`. */
export function masterDownInterval(config: Election, priority: number, masterAdvertInterval: Micros): Micros {
  return plus(
    times(masterAdvertInterval, config.downTimerAdverts),
    skewTime(config, priority, masterAdvertInterval),
  );
}
