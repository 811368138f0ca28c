import type { VrrpInstance } from '@holdfast/config';
import type { InstanceState } from './types.ts';

/**
 * The priority that counts: tracking moves it within 1..254 (RFC 9568 §5.2.4), and never that of the address owner,
 * who is 255 unless it yields to another owner.
 */
export function effectivePriority(
  config: Pick<VrrpInstance, 'priority'>,
  state: Pick<InstanceState, 'surroundings' | 'yieldsOwnership'>,
): number {
  if (config.priority === 255) return state.yieldsOwnership ? 254 : 255;
  return Math.min(254, Math.max(1, config.priority + state.surroundings.weight));
}
