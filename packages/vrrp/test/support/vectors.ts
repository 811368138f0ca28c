import type { VrrpInstance } from '@holdfast/config';
import { address, micros } from '@holdfast/kit';
import type { VectorInstance } from '../../../wire/test/vectors.ts';
import type { ReceiveContext } from '../../src/logic/receive.ts';
import { instance, vip } from './instance.ts';

/** The receiver that a vector describes. */
export function instanceOf(vector: VectorInstance): VrrpInstance {
  const { password, unicastPeers = [], minTtl, maxTtl } = vector;
  return instance({
    version: vector.version,
    virtualRouterId: vector.virtualRouterId,
    advertInterval: micros(vector.advertIntervalMicros),
    virtualAddresses: vector.addresses.map((each) => vip(each)),
    priority: vector.priority ?? 100,
    authentication: password === undefined ? { type: 'none' } : { type: 'pass', password },
    unicastPeers: unicastPeers.map((each) => ({ address: address(each), minTtl, maxTtl })),
    checkUnicastSource: vector.checkUnicastSource ?? false,
    multicastDestination: address(vector.group ?? '224.0.0.18'),
    strict: vector.strict ?? false,
    ownerIgnoreAdverts: vector.ownerIgnoreAdverts ?? false,
  });
}

export const contextOf = ({ source, priority = 100 }: VectorInstance): ReceiveContext => ({
  source: source === undefined ? undefined : address(source),
  priority,
  master: undefined,
});
