import { address, toHex } from '@holdfast/kit';
import { expect, test } from 'vitest';
import { wireFailure } from '../../src/system/wire-failure.ts';
import { type Heard, type WireEnd, type WirePair, wireCompliance } from '../compliance/wire.ts';
import { type MemoryInterface, type MemoryNetwork, memoryNetwork } from '../support/memory-wire.ts';

wireCompliance('memory', async () => memoryPair());

function memoryPair(): WirePair {
  const network = memoryNetwork();
  return {
    left: memoryEnd(network, 1),
    right: memoryEnd(network, 2),
    setEth1: async (up) => network.setUp('lan1', up),
    end: async () => undefined,
  };
}

function memoryEnd(network: MemoryNetwork, host: number): WireEnd {
  const interfaces: readonly MemoryInterface[] = [0, 1].map((n) => ({
    name: `eth${n}`,
    index: 2 + n,
    segment: `lan${n}`,
    addresses: [address(`10.90.${n}.${host}`)],
  }));
  const heard: Heard[] = [];
  const wire = network.attach(interfaces, {
    onDatagram: (index, bytes) => heard.push({ interfaceName: `eth${index - 2}`, hex: toHex(bytes) }),
    onFailure: () => undefined,
  });
  const endpoint = (interfaceName: string, group: Parameters<WireEnd['open']>[1]) => ({
    interfaceName,
    interfaceIndex: 2 + Number(interfaceName.slice(3)),
    group,
  });
  return {
    open: async (name, group) => wire.open(endpoint(name, group)),
    close: async (name, group) => wire.close(endpoint(name, group)),
    send: async (name, datagrams) => {
      const failures = wire.send(datagrams.map((each) => ({ endpoint: endpoint(name, undefined), ...each })));
      network.deliver();
      return failures;
    },
    strangerJoins: async () => undefined,
    heard: async () => heard.splice(0),
  };
}

test.each([
  [Object.assign(new RangeError('setsockopt: EPERM'), { code: 'EPERM' }), 'EPERM', 'CAP_NET_RAW'],
  [new RangeError('Operation not permitted'), 'EPERM', 'CAP_NET_RAW'],
  [new RangeError('No such device'), 'ENODEV', 'the interface is gone'],
  [new RangeError('Network is down'), 'ENETDOWN', 'ip link set it up'],
  [new RangeError('Network is unreachable'), 'ENETUNREACH', 'no route'],
])('a failure says what, the code and what to do: %s', (error, code, remedy) => {
  expect(wireFailure('send to 224.0.0.18 on eth0', error)).toEqual({
    what: 'send to 224.0.0.18 on eth0',
    code,
    remedy: expect.stringContaining(remedy),
  });
});
