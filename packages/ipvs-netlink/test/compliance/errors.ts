import assert from 'node:assert/strict';
import { address } from '@holdfast/kit';
import type { Change, Server, Service, ServiceKey } from '../../src/index.ts';
import { server, service } from '../../src/index.ts';
import { addServer, addService, aServer, type Case, given, gue, ipip, saidTo, web, web6 } from './bench.ts';

const set = (key: ServiceKey, scheduler: string, rest: Partial<Service> = {}): Change => ({
  kind: 'set-service',
  service: service(key, scheduler, rest),
});
const setServer = (key: ServiceKey, text: string, rest: Partial<Server> = {}): Change => ({
  kind: 'set-server',
  service: key,
  server: aServer(text, rest),
});
const deleteServer = (key: ServiceKey, text: string): Change => ({
  kind: 'delete-server',
  service: key,
  server: server({ address: address(text), port: 80 }),
});
const prefix = (prefixLength: number): Partial<Service> => ({
  persistence: { timeout: 60, granularity: { family: 6, prefixLength } },
});
const sixteen = 'sixteen-letters-';

// biome-ignore format: a table
const errors: readonly (readonly [string, readonly Change[], Change, string])[] = [
  // what is refused                  what is there first                                      asked                                                     answer
  ['a service that is there', [addService(web)], addService(web), 'EEXIST'],
  ['a service that is there, with an unknown scheduler', [addService(web)], addService(web, 'nosuch'), 'EEXIST'],
  ['a service with an unknown scheduler', [], addService(web, 'nosuch'), 'ENOENT'],
  ['a service with an unknown engine', [], addService(web, 'rr', { persistenceEngine: 'nosuch' }), 'ENOENT'],
  ['a service without a scheduler name', [], addService(web, ''), 'ENOENT'],
  ['a service with a scheduler name of 16 bytes', [], addService(web, sixteen), 'EINVAL'],
  ['a service with an engine name of 17 bytes', [], addService(web, 'rr', { persistenceEngine: `${sixteen}-` }), 'EINVAL'],
  ['a service with an engine name of 16 bytes', [], addService(web, 'rr', { persistenceEngine: sixteen }), 'ENOENT'],
  ['a service with a prefix of no bits', [], addService(web6, 'rr', prefix(0)), 'EINVAL'],
  ['a service with a prefix of 129 bits', [], addService(web6, 'rr', prefix(129)), 'EINVAL'],
  ['a change of a service that is not there', [], set(web, 'rr'), 'ESRCH'],
  ['a change to an unknown scheduler', [addService(web)], set(web, 'nosuch'), 'ENOENT'],
  ['a change to a prefix of 129 bits', [addService(web6)], set(web6, 'rr', prefix(129)), 'EINVAL'],
  ['the deletion of a service that is not there', [], { kind: 'delete-service', service: web }, 'ESRCH'],
  ['a server of a service that is not there', [], addServer(web, '10.9.1.1'), 'ESRCH'],
  ['a server that is there', [addService(web), addServer(web, '10.9.1.1')], addServer(web, '10.9.1.1'), 'EEXIST'],
  ['a second tunnel to one server', [addService(web), addServer(web, '10.9.1.1', { forwarding: gue(1) })], addServer(web, '10.9.1.1', { forwarding: gue(2) }), 'EEXIST'],
  ['a negative weight', [addService(web)], addServer(web, '10.9.1.1', { weight: -1 }), 'ERANGE'],
  ['crossed thresholds', [addService(web)], addServer(web, '10.9.1.1', { upperThreshold: 5, lowerThreshold: 9 }), 'ERANGE'],
  ['GUE without a port', [addService(web)], addServer(web, '10.9.1.1', { forwarding: gue(0) }), 'EINVAL'],
  ['NAT to another family', [addService(web6)], addServer(web6, '10.9.1.1'), 'EINVAL'],
  ['DR to another family', [addService(web)], addServer(web, 'fd00::1', { forwarding: { method: 'DR' } }), 'EINVAL'],
  ['a broadcast address as a server', [addService(web)], addServer(web, '255.255.255.255'), 'EINVAL'],
  ['a multicast address as a server', [addService(web)], addServer(web, '224.0.0.18'), 'EINVAL'],
  ['an IPv6 multicast address as a server', [addService(web6)], addServer(web6, 'ff02::12'), 'EINVAL'],
  ['a link-local address as a server', [addService(web6)], addServer(web6, 'fe80::1'), 'EINVAL'],
  ['a change of a server whose service is not there', [], setServer(web, '10.9.1.1'), 'ESRCH'],
  ['a change of a server that is not there', [addService(web)], setServer(web, '10.9.1.1'), 'ENOENT'],
  ['a change to a negative weight', [addService(web), addServer(web, '10.9.1.1')], setServer(web, '10.9.1.1', { weight: -1 }), 'ERANGE'],
  ['a change to crossed thresholds', [addService(web), addServer(web, '10.9.1.1')], setServer(web, '10.9.1.1', { lowerThreshold: 1 }), 'ERANGE'],
  ['a change to GUE without a port', [addService(web), addServer(web, '10.9.1.1')], setServer(web, '10.9.1.1', { forwarding: gue(0) }), 'EINVAL'],
  ['a change to NAT across families', [addService(web6), addServer(web6, '10.9.1.1', { forwarding: ipip })], setServer(web6, '10.9.1.1'), 'EINVAL'],
  ['the deletion of a server whose service is not there', [], deleteServer(web, '10.9.1.1'), 'ESRCH'],
  ['the deletion of a server that is not there', [addService(web)], deleteServer(web, '10.9.1.1'), 'ENOENT'],
];

/** What is refused leaves the table as it was. */
export const errorCases: readonly Case[] = errors.map(([name, before, asked, code]) => ({
  name: `${name} is refused with ${code}`,
  run: async (bench) => {
    await given(bench, ...before);
    const table = await bench.ipvs.table();
    assert.equal(await saidTo(bench, asked), code);
    assert.deepEqual(await bench.ipvs.table(), table);
  },
}));
