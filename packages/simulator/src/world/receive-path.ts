import type { VrrpInstance } from '@holdfast/config';
import { effectivePriority, type HeardAdvert, type InstanceState, receive } from '@holdfast/vrrp';

/** What a packet tells this router, by the receive path under test; `undefined` when it is dropped. */
export function hear(
  config: VrrpInstance,
  state: InstanceState,
  packet: Uint8Array,
): HeardAdvert | undefined {
  const context = {
    source: state.surroundings.source,
    priority: effectivePriority(config, state),
    master: state.master?.address,
  };
  const reception = receive(config, context, packet);
  return reception.kind === 'accepted' ? reception.advert : undefined;
}
