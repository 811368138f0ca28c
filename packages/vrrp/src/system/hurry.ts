import type { Addon } from '@holdfast/native';

/** keepalived.conf(5) `vrrp_rt_priority`: what the main thread gets when nothing is configured. */
export const defaultRealtimePriority = 50;

/**
 * A worker that has to go on as master of one that is no more: on a busy machine only what is urgent starts in time. Others
 * wait for their turn: machines that start together would elect whoever comes first. Once it is configured, the configuration says how urgent it is.
 */
export function hurry(addon: Pick<Addon, 'setRealtime'>): void {
  try {
    addon.setRealtime(defaultRealtimePriority);
  } catch {
    // Told once it is configured, where it matters.
  }
}
