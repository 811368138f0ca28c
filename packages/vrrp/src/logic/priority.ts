import type { VrrpInstance } from '@holdfast/config';
import type { InstanceState } from './types.ts';

/**
 * The priority that counts: tracking moves it within 1..254 (RFC 9568 §5.2.4), and never that of the address owner,
 * who is 255 unless it yields to another owner. Handed over it is 1, the least that a router may say: whoever else is there
 * serves before this one, and where nobody is, this one still does.
 */
export function effectivePriority(
  config: Pick<VrrpInstance, 'priority'>,
  state: Pick<InstanceState, 'surroundings' | 'yieldsOwnership' | 'handedOver'>,
): number {
  if (state.handedOver) return 1;
  if (config.priority === 255) return state.yieldsOwnership ? 254 : 255;
  return Math.min(254, Math.max(1, config.priority + state.surroundings.weight));
}
