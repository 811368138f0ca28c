import type { VrrpInstance } from '@holdfast/config';
import { address } from '@holdfast/kit';
import { type Addressee, demultiplexer } from '../../src/logic/demultiplex.ts';
import type { ReceiveContext } from '../../src/logic/receive.ts';
import { advertDatagrams } from '../../src/logic/transmit.ts';
import { instance, ourAddress, vip } from '../support/instance.ts';

const peer = { address: address('10.0.0.3'), minTtl: undefined, maxTtl: undefined };
const two = [vip('10.0.0.9'), vip('10.0.0.10')];

/** All on one interface and of one VRID on purpose: a packet may be for any of them. */
export const receivers: readonly VrrpInstance[] = frozen([
  instance({ name: 'plain' }),
  instance({ name: 'password', authentication: { type: 'pass', password: 'secret' } }),
  instance({ name: 'v3', version: 3 }),
  instance({ name: 'strict', strict: true, virtualAddresses: two }),
  instance({ name: 'owner', priority: 255 }),
  instance({ name: 'unicast', unicastPeers: [peer] }),
  instance({ name: 'unicast v3', version: 3, unicastPeers: [peer], virtualAddresses: two }),
  instance({ name: 'checked', unicastPeers: [{ ...peer, minTtl: 200 }], checkUnicastSource: true }),
]);

export const context: ReceiveContext = frozen({ source: ourAddress, priority: 100, master: undefined });

/** What a partner would send to each of them: at several priorities, each form of checksum. */
export const seeds: readonly Uint8Array[] = receivers.flatMap((config) =>
  [0, 99, 100, 255].flatMap((priority) =>
    [true, false].flatMap((checksumWithoutPseudoHeader) => {
      const partner = {
        ...config,
        checksumWithoutPseudoHeader,
        unicastPeers: config.unicastPeers.map((each) => ({ ...each, address: ourAddress })),
      };
      return advertDatagrams(partner, peer.address, priority, 1).map(({ bytes }) => bytes);
    }),
  ),
);

const find = demultiplexer(
  receivers.map((config) => ({
    instance: config.name,
    interfaceIndex: 2,
    virtualRouterId: config.virtualRouterId,
    group: config.unicastPeers.length === 0 ? config.multicastDestination : undefined,
    source: ourAddress,
    peers: config.unicastPeers.map(({ address: each }) => each),
  })),
);
/** Whose packet it is, arriving on their interface. */
export const addressee = (packet: Uint8Array): Addressee => find(2, packet);

/** Configurations, context and states throw when they are written to, so no packet can change one unseen. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
