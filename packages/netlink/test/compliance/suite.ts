import assert from 'node:assert/strict';
import { address, type IpAddress } from '@holdfast/kit';
import type { AddressRequest, LinkEvent, RouteNetlink } from '../../src/index.ts';
import type { Subject } from './subject.ts';

export interface Case {
  readonly name: string;
  readonly run: (subject: Subject) => Promise<void>;
}

const mark = 0xc5;
const [one, two, three] = [address('10.8.0.1'), address('10.8.0.2'), address('10.8.0.3')];
const six = address('fd08::1');

const request = (index: number, ip: IpAddress, prefixLength: number): AddressRequest => ({
  index,
  address: ip,
  prefixLength,
  protocol: mark,
});

/** Those of the suite: a real kernel adds link-local ones of its own. */
async function ours(routes: RouteNetlink): Promise<readonly string[]> {
  const listed = await routes.addresses();
  assert(listed.ok);
  return listed.value
    .filter((entry) => entry.address.startsWith('10.8.') || entry.address.startsWith('fd08:'))
    .map((entry) => `${entry.address}/${entry.prefixLength}${entry.secondary ? ' secondary' : ''}`);
}

/** 'ok' or the errno's name. */
const codes = (results: Awaited<ReturnType<RouteNetlink['addAddresses']>>): readonly string[] =>
  results.map((result) => (result.ok ? 'ok' : result.error.code));

/** Collects events in words, and waits until some have come. */
function watcher(
  routes: RouteNetlink,
  index: number,
): {
  readonly seen: string[];
  until(...wanted: readonly string[]): Promise<void>;
} {
  const seen: string[] = [];
  const words = (event: LinkEvent): string => {
    switch (event.kind) {
      case 'link':
        return `link ${event.link.name} ${event.link.adminUp && event.link.running ? 'up' : 'down'}`;
      case 'link-gone':
        return `gone ${event.name}`;
      case 'address':
        return `+${event.address.address}/${event.address.prefixLength}`;
      case 'address-gone':
        return `-${event.address.address}/${event.address.prefixLength}`;
    }
  };
  const indexOf = (event: LinkEvent): number =>
    event.kind === 'link' ? event.link.index : event.kind === 'link-gone' ? event.index : event.address.index;
  routes.watch(
    (event) => {
      if (indexOf(event) === index) seen.push(words(event));
    },
    () => seen.push('lost'),
  );
  const until = async (...wanted: readonly string[]): Promise<void> => {
    const deadline = Date.now() + 5000;
    while (!wanted.every((entry) => seen.includes(entry))) {
      assert(Date.now() < deadline, `waited for ${wanted.join(', ')}; saw ${seen.join(', ')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { seen, until };
}

export const cases: readonly Case[] = [
  {
    name: 'links are listed with name, flags, MTU and hardware address',
    run: async ({ routes, addLink }) => {
      const index = addLink('a0');
      const listed = await routes.links();
      assert(listed.ok);
      const { mac, ...link } = listed.value.find((entry) => entry.index === index) ?? {
        mac: new Uint8Array(),
      };
      assert.deepEqual(link, {
        index,
        name: 'a0',
        adminUp: true,
        running: true,
        loopback: false,
        multicast: true,
        noArp: false,
        mtu: 1500,
      });
      assert.equal(mac.length, 6);
      const loopback = listed.value.find((entry) => entry.index === 1);
      assert.deepEqual([loopback?.name, loopback?.loopback, loopback?.mtu], ['lo', true, 65_536]);
    },
  },
  {
    name: 'an address that was added is listed with its scope and mark, and can be added again',
    run: async ({ routes, addLink }) => {
      const index = addLink('a0');
      const wanted = [{ ...request(index, one, 32), scope: 253 }, request(index, six, 128)];
      assert.deepEqual(codes(await routes.addAddresses(wanted)), ['ok', 'ok']);
      assert.deepEqual(codes(await routes.addAddresses(wanted)), ['ok', 'ok']);
      const listed = await routes.addresses();
      assert(listed.ok);
      const found = listed.value.filter((entry) => entry.protocol === mark);
      const rest = { index, secondary: false, tentative: false, protocol: mark };
      assert.deepEqual(found, [
        { ...rest, address: one, prefixLength: 32, scope: 253 },
        { ...rest, address: six, prefixLength: 128, scope: 0 },
      ]);
    },
  },
  {
    name: 'an address that is there already, somebody else put it, stays as it is',
    run: async ({ routes, addLink, others }) => {
      const index = addLink('a0');
      others('add', 'a0', one, 32);
      assert.deepEqual(codes(await routes.addAddresses([request(index, one, 32)])), ['ok']);
      const listed = await routes.addresses();
      assert(listed.ok);
      assert.deepEqual(
        listed.value.filter((entry) => entry.address === one).map(({ protocol }) => protocol),
        [0],
      );
    },
  },
  {
    name: 'an address gets a lifetime, and loses it again',
    run: async ({ routes, addLink }) => {
      const index = addLink('a0');
      const both = [request(index, one, 32), { ...request(index, six, 128), noPrefixRoute: true }];
      const state = async (): Promise<readonly string[]> => {
        const listed = await routes.addresses();
        assert(listed.ok);
        return listed.value
          .filter(({ protocol }) => protocol === mark)
          .map((entry) => `${entry.address} ${entry.expires === true ? 'expires' : 'stays'}`);
      };
      await routes.addAddresses(both);
      const limited = both.map((each) => ({ ...each, lifetime: 60 }));
      assert.deepEqual(codes(await routes.addAddresses(limited)), ['ok', 'ok']);
      assert.deepEqual(await state(), ['10.8.0.1 expires', 'fd08::1 expires']);
      const renewed = both.map((each) => ({ ...each, lifetime: 'for-ever' as const }));
      assert.deepEqual(codes(await routes.addAddresses(renewed)), ['ok', 'ok']);
      assert.deepEqual(await state(), ['10.8.0.1 stays', 'fd08::1 stays']);
    },
  },
  {
    name: 'an address that was deleted is gone, and can be deleted again',
    run: async ({ routes, addLink }) => {
      const index = addLink('a0');
      const both = [request(index, one, 32), request(index, six, 128)];
      await routes.addAddresses(both);
      assert.deepEqual(codes(await routes.deleteAddresses(both)), ['ok', 'ok']);
      assert.deepEqual(await ours(routes), []);
      assert.deepEqual(codes(await routes.deleteAddresses(both)), ['ok', 'ok']);
    },
  },
  {
    name: 'a deletion compares the prefix length',
    run: async ({ routes, addLink }) => {
      const index = addLink('a0');
      await routes.addAddresses([request(index, one, 24), request(index, six, 64)]);
      const others = [request(index, one, 32), request(index, six, 128)];
      assert.deepEqual(codes(await routes.deleteAddresses(others)), ['ok', 'ok']);
      assert.deepEqual(await ours(routes), ['10.8.0.1/24', 'fd08::1/64']);
    },
  },
  {
    name: 'an IPv4 address may stand with two prefix lengths, an IPv6 address keeps its first',
    run: async ({ routes, addLink }) => {
      const index = addLink('a0');
      await routes.addAddresses([request(index, one, 24), request(index, one, 32)]);
      await routes.addAddresses([request(index, six, 64), request(index, six, 128)]);
      assert.deepEqual(await ours(routes), ['10.8.0.1/24', '10.8.0.1/32', 'fd08::1/64']);
    },
  },
  {
    name: 'each refusal names its request, and the requests after it are carried out',
    run: async ({ routes, addLink }) => {
      const index = addLink('a0');
      const results = await routes.addAddresses([
        request(index + 99, one, 32),
        request(index, one, 33),
        { ...request(index, two, 32), label: 'a0:0123456789abcd' },
        { ...request(index, three, 32), label: 'a0:vip' },
        { ...request(index, three, 24), scope: 253 },
        request(index, two, 24),
        request(index + 99, six, 64),
        request(index, six, 129),
      ]);
      assert.deepEqual(codes(results), [
        'ENODEV',
        'EINVAL',
        'ERANGE',
        'ok',
        'ok',
        'EINVAL',
        'ENODEV',
        'EINVAL',
      ]);
      const [first] = results;
      assert(first?.ok === false);
      assert.equal(first.error.request, `add address 10.8.0.1/32 to interface ${index + 99}`);
      assert.deepEqual([first.error.errno, first.error.text], [19, 'ipv4: Device not found']);
      assert.deepEqual(await ours(routes), ['10.8.0.3/24', '10.8.0.3/32']);
      const deleted = await routes.deleteAddresses([
        request(index + 99, one, 32),
        request(index + 99, six, 64),
      ]);
      assert.deepEqual(codes(deleted), ['ENODEV', 'ENODEV']);
    },
  },
  {
    name: 'a second address of a subnet is secondary, and goes with the first one',
    run: async ({ routes, addLink, setPromoteSecondaries }) => {
      const index = addLink('a0');
      setPromoteSecondaries('a0', false);
      await routes.addAddresses([one, two, three].map((ip) => request(index, ip, 24)));
      await routes.addAddresses([request(index, address('10.8.0.4'), 32)]);
      assert.deepEqual(await ours(routes), [
        '10.8.0.1/24',
        '10.8.0.4/32',
        '10.8.0.2/24 secondary',
        '10.8.0.3/24 secondary',
      ]);
      await routes.deleteAddresses([request(index, one, 24)]);
      assert.deepEqual(await ours(routes), ['10.8.0.4/32']);
    },
  },
  {
    name: 'a secondary address succeeds the first one where the interface promotes',
    run: async ({ routes, addLink, setPromoteSecondaries }) => {
      const index = addLink('a0');
      setPromoteSecondaries('a0', true);
      await routes.addAddresses([one, two, three].map((ip) => request(index, ip, 24)));
      await routes.deleteAddresses([request(index, one, 24)]);
      assert.deepEqual(await ours(routes), ['10.8.0.2/24', '10.8.0.3/24 secondary']);
    },
  },
  {
    name: 'addresses are listed in the order of the kernel',
    run: async ({ routes, addLink }) => {
      const [first, second] = [addLink('a0'), addLink('a1')];
      const add = (index: number, ip: string, prefixLength: number, scope: number): AddressRequest => ({
        ...request(index, address(ip), prefixLength),
        scope,
      });
      await routes.addAddresses([
        add(second, 'fd08::1', 64, 0),
        add(second, '10.8.9.1', 32, 0),
        add(first, 'fd08::2', 64, 0),
        add(first, 'fd08::3', 128, 0),
        add(first, 'fd08::1', 128, 0),
        add(first, '10.8.0.1', 24, 0),
        add(first, '10.8.0.2', 24, 0),
        add(first, '10.8.0.3', 32, 0),
        add(first, '10.8.0.4', 32, 253),
        add(first, '10.8.0.5', 24, 0),
        add(first, '10.8.1.1', 24, 0),
      ]);
      assert.deepEqual(await ours(routes), [
        '10.8.0.4/32',
        '10.8.0.1/24',
        '10.8.0.3/32',
        '10.8.1.1/24',
        '10.8.0.2/24 secondary',
        '10.8.0.5/24 secondary',
        '10.8.9.1/32',
        'fd08::1/128',
        'fd08::3/128',
        'fd08::2/64',
        'fd08::1/64',
      ]);
    },
  },
  {
    name: 'calls that do not wait for each other take effect in order',
    run: async ({ routes, addLink }) => {
      const index = addLink('a0');
      const many = Array.from({ length: 200 }, (_, i) => request(index, address(`10.8.1.${i}`), 32));
      const calls = [
        routes.addAddresses(many),
        routes.deleteAddresses(many.slice(1)),
        routes.addAddresses([request(index, two, 32)]),
        routes.deleteAddresses([request(index, two, 32)]),
      ];
      const listed = await ours(routes);
      assert.deepEqual(listed, ['10.8.1.0/32']);
      assert((await Promise.all(calls)).flat().every((result) => result.ok));
    },
  },
  {
    name: 'two lists at once both arrive whole',
    run: async ({ routes, addLink }) => {
      const index = addLink('a0');
      const many = Array.from({ length: 300 }, (_, i) =>
        request(index, address(`10.8.${i >> 8}.${i & 255}`), 32),
      );
      await routes.addAddresses(many);
      const [first, links, second] = await Promise.all([ours(routes), routes.links(), ours(routes)]);
      assert.equal(first.length, 300);
      assert.deepEqual(second, first);
      assert(links.ok && links.value.length >= 2);
    },
  },
  {
    name: 'a link taken down loses its IPv6 addresses and keeps the others',
    run: async ({ routes, addLink, setAdminUp }) => {
      const index = addLink('a0');
      await routes.addAddresses([request(index, one, 32), request(index, six, 128)]);
      const { until } = watcher(routes, index);
      setAdminUp('a0', false);
      await until('-fd08::1/128', 'link a0 down');
      assert.deepEqual(await ours(routes), ['10.8.0.1/32']);
    },
  },
  {
    name: 'changes are told, whoever makes them',
    run: async ({ routes, addLink, others }) => {
      const index = addLink('a0');
      const { until } = watcher(routes, index);
      await routes.addAddresses([request(index, one, 32)]);
      others('del', 'a0', one, 32);
      others('add', 'a0', two, 24);
      others('add', 'a0', six, 64);
      await until('+10.8.0.1/32', '-10.8.0.1/32', '+10.8.0.2/24', '+fd08::1/64');
    },
  },
  {
    name: 'the loss of the cable, its return and the end of a link are told',
    run: async ({ routes, addLink, setRunning, removeLink }) => {
      const index = addLink('a0');
      const { seen, until } = watcher(routes, index);
      setRunning('a0', false);
      await until('link a0 down');
      setRunning('a0', true);
      await until('link a0 up');
      await routes.addAddresses([request(index, one, 32)]);
      removeLink('a0');
      await until('gone a0', '-10.8.0.1/32');
      assert.equal(seen.includes('lost'), false);
    },
  },
  {
    name: 'nothing is told from within the call that causes it',
    run: async ({ routes, addLink }) => {
      const index = addLink('a0');
      const { seen, until } = watcher(routes, index);
      const before = seen.length;
      const call = routes.addAddresses([request(index, one, 32)]);
      assert.equal(seen.length, before);
      await call;
      await until('+10.8.0.1/32');
    },
  },
  {
    name: 'a closed one refuses',
    run: async ({ routes, addLink }) => {
      const index = addLink('a0');
      const { seen } = watcher(routes, index);
      routes.close();
      routes.close();
      const listed = await routes.links();
      assert(!listed.ok);
      assert.equal(listed.error.code, 'EBADF');
      assert.deepEqual(codes(await routes.addAddresses([request(index, one, 32)])), ['EBADF']);
      assert.deepEqual(codes(await routes.deleteAddresses([request(index, one, 32)])), ['EBADF']);
      assert.deepEqual(seen, []);
    },
  },
];
