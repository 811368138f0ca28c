import { address, seconds } from '@holdfast/kit';
import { fakeRouteNetlink } from '@holdfast/netlink';
import { addressProtocol, type SavedInstance } from '@holdfast/vrrp';
import { expect, test } from 'vitest';
import { limitAddresses, renewAddresses } from '../../src/restart/lifetimes.ts';

const vip = address('10.0.0.9');
const six = address('2001:db8::9');

const held = (ip: typeof vip, prefixLength: number): SavedInstance['addresses'][number] => ({
  address: ip,
  prefixLength,
  interface: 'eth0',
  scope: 0,
  label: undefined,
  broadcast: undefined,
  peer: undefined,
  noPrefixRoute: false,
  noTrack: false,
});

const master: SavedInstance = {
  name: 'VI_1',
  phase: 'master',
  lastAdvertAt: seconds(1),
  masterAdvertInterval: seconds(1),
  masterDownInterval: seconds(3),
  addresses: [held(vip, 24), held(six, 64)],
  scripts: [],
};

/** A kernel that holds these; the own address is somebody else's. */
async function kernelWith(protocol: number) {
  const kernel = fakeRouteNetlink();
  const { index } = kernel.addLink({ name: 'eth0' });
  await kernel.addAddresses([
    { index, address: address('10.0.0.1'), prefixLength: 24 },
    { index, address: vip, prefixLength: 24, protocol },
    { index, address: six, prefixLength: 64, protocol },
  ]);
  return kernel;
}

const state = (kernel: ReturnType<typeof fakeRouteNetlink>): readonly string[] =>
  kernel
    .currentAddresses()
    .map((entry) => `${entry.address} ${entry.expires === true ? 'expires' : 'stays'}`);

test('addresses of a master get a lifetime, others do not; renewed they stay for ever again', async () => {
  const kernel = await kernelWith(addressProtocol);
  expect(await limitAddresses(kernel, [master], new Set())).toEqual({ ok: true, value: 2 });
  expect(state(kernel)).toEqual(['10.0.0.1 stays', '10.0.0.9 expires', '2001:db8::9 expires']);
  expect(await renewAddresses(kernel, [master], new Set())).toEqual({ ok: true, value: 2 });
  expect(state(kernel)).toEqual(['10.0.0.1 stays', '10.0.0.9 stays', '2001:db8::9 stays']);
  expect(kernel.currentAddresses().map(({ protocol }) => protocol)).toEqual([
    0,
    addressProtocol,
    addressProtocol,
  ]);
});

test.each([
  ['an owner had it before us', new Set(['VI_1']), 0],
  ['the kernel keeps no marks', new Set<string>(), 2],
])('an address without mark, because %s', async (_, owners, changed) => {
  const kernel = await kernelWith(0);
  expect(await limitAddresses(kernel, [master], owners)).toEqual({ ok: true, value: changed });
});

test('an address that is not there is not made', async () => {
  const kernel = fakeRouteNetlink();
  kernel.addLink({ name: 'eth0' });
  expect(await limitAddresses(kernel, [master], new Set())).toEqual({ ok: true, value: 0 });
  expect(kernel.currentAddresses()).toEqual([]);
});

test('a refusal of the kernel is told', async () => {
  const kernel = await kernelWith(addressProtocol);
  kernel.refuseWith(1);
  expect(await limitAddresses(kernel, [master], new Set())).toMatchObject({ ok: false });
});
