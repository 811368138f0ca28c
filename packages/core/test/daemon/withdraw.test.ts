import { address } from '@holdfast/kit';
import { fakeRouteNetlink } from '@holdfast/netlink';
import { addressProtocol } from '@holdfast/vrrp';
import { expect, test } from 'vitest';
import { withdrawAddresses } from '../../src/daemon/withdraw.ts';

const held = (text: string) => ({
  interface: 'eth0',
  address: address(text),
  prefixLength: 32,
  peer: undefined,
});
const holder = { addresses: [held('10.0.0.1'), held('10.0.0.2'), held('10.0.0.3')] };

test.each([
  ['all', ['10.0.0.9']],
  // 10.0.0.1 is the owner's own, as the machine was set up.
  ['marked', ['10.0.0.1', '10.0.0.9']],
] as const)('of what an instance may hold, %s goes, and %j stay', async (which, left) => {
  const kernel = fakeRouteNetlink();
  const { index } = kernel.addLink({ name: 'eth0' });
  const put = (text: string, protocol: number) => ({
    index,
    address: address(text),
    prefixLength: 32,
    protocol,
  });
  await kernel.addAddresses([
    put('10.0.0.1', 0),
    put('10.0.0.2', addressProtocol),
    put('10.0.0.9', addressProtocol),
  ]);
  await withdrawAddresses(kernel, [holder], which);
  const stays = kernel.currentAddresses().filter((one) => one.index === index);
  expect(stays.map((one) => one.address)).toEqual(left);
});
