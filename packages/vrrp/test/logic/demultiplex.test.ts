import { address } from '@holdfast/kit';
import { encodeIpv4 } from '@holdfast/wire';
import { expect, test } from 'vitest';
import { demultiplexer, type Listener } from '../../src/logic/demultiplex.ts';

const group = address('224.0.0.18');
const listener = (instance: string, more: Partial<Listener>): Listener => ({
  instance,
  interfaceIndex: 2,
  virtualRouterId: 51,
  group,
  source: address('10.0.0.2'),
  peers: [],
  ...more,
});
const unicast = (instance: string, source: string, peer: string): Listener =>
  listener(instance, { group: undefined, source: address(source), peers: [address(peer)] });

const find = demultiplexer([
  listener('multicast', {}),
  listener('other group', { group: address('224.0.0.99') }),
  listener('other vrid', { virtualRouterId: 52 }),
  listener('other interface', { interfaceIndex: 3 }),
  unicast('unicast', '10.0.0.2', '10.0.0.3'),
  unicast('unicast, other peer', '10.0.0.2', '10.0.0.4'),
  unicast('unicast, other address', '10.0.0.5', '10.0.0.3'),
]);

test.each([
  // interface  vrid  from         to            whose
  [2, 51, '10.0.0.3', '224.0.0.18', 'multicast'],
  [2, 51, '10.0.0.3', '224.0.0.99', 'other group'],
  [2, 51, '10.0.0.9', '224.0.0.18', 'multicast'],
  [2, 52, '10.0.0.3', '224.0.0.18', 'other vrid'],
  [3, 51, '10.0.0.3', '224.0.0.18', 'other interface'],
  [2, 51, '10.0.0.3', '10.0.0.2', 'unicast'],
  [2, 51, '10.0.0.4', '10.0.0.2', 'unicast, other peer'],
  [2, 51, '10.0.0.3', '10.0.0.5', 'unicast, other address'],
  [2, 51, '10.0.0.9', '10.0.0.5', 'unicast, other address'],
  [2, 52, '10.0.0.3', '10.0.0.2', 'other vrid'],
] as const)('on interface %i, VRID %i from %s to %s is a packet for: %s', (index, vrid, from, to, whose) => {
  expect(find(index, packet(from, to, [0x21, vrid, 100, 0]))).toEqual({ kind: 'instance', instance: whose });
});

test.each([
  [2, packet('10.0.0.3', '224.0.0.18', [0x21, 53]), 'unknown-vrid'],
  [4, packet('10.0.0.3', '224.0.0.18', [0x21, 51]), 'unknown-vrid'],
  [2, packet('10.0.0.3', '224.0.0.18', [0x21]), 'truncated'],
  [2, new Uint8Array(19), 'truncated'],
  [2, new Uint8Array(60), 'bad-ip-header'],
] as const)('what belongs to nobody is named (%#)', (index, datagram, reason) => {
  expect(find(index, datagram)).toEqual({ kind: 'nobody', reason });
});

function packet(source: string, destination: string, message: readonly number[]): Uint8Array {
  const header = { typeOfService: 0xc0, identification: 1, timeToLive: 255, protocol: 112 };
  return encodeIpv4(
    { ...header, source: address(source), destination: address(destination) },
    Uint8Array.from(message),
  );
}
