import { addressFromBytes, type Family, type IpAddress } from '@holdfast/kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attributeWriter } from '../../src/codec/attribute-writer.ts';
import { attribute, nest, readAttributes } from '../../src/codec/attributes.ts';
import { decodeTimeouts, encodeTimeouts } from '../../src/codec/config.ts';
import { decodeDaemon, encodeDaemon } from '../../src/codec/daemon.ts';
import { decodeServerReport, decodeServiceReport } from '../../src/codec/report.ts';
import { decodeServer, writeServer } from '../../src/codec/server.ts';
import { decodeService, decodeServiceKey, encodeServiceKey, writeService } from '../../src/codec/service.ts';
import type { Forwarding, Granularity, Server, Service, ServiceKey, SyncDaemon } from '../../src/index.ts';
import { familyOfService } from '../../src/index.ts';

const plain = { noNullPrototype: true };
const whole = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
const port = whole(0xff_ff);
const name = fc.string({ minLength: 1, maxLength: 15, unit: 'grapheme-ascii' });

const addressOf = (family: Family): fc.Arbitrary<IpAddress> => {
  const length = family === 4 ? 4 : 16;
  return fc.uint8Array({ minLength: length, maxLength: length }).map(addressFromBytes);
};
const anyAddress = fc.oneof(addressOf(4), addressOf(6));

const key: fc.Arbitrary<ServiceKey> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('address' as const),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'sctp' as const),
      address: anyAddress,
      port,
    },
    plain,
  ),
  fc.record(
    {
      kind: fc.constant('fwmark' as const),
      family: fc.constantFrom<Family>(4, 6),
      mark: fc.integer({ min: 1, max: 0xff_ff_ff_ff }),
    },
    plain,
  ),
);

const granularity = (family: Family): fc.Arbitrary<Granularity> =>
  family === 4
    ? addressOf(4).map((mask) => ({ family, mask }))
    : fc.integer({ min: 1, max: 128 }).map((prefixLength) => ({ family, prefixLength }));

const service: fc.Arbitrary<Service> = key.chain((of) =>
  fc.record(
    {
      key: fc.constant(of),
      scheduler: name,
      schedulerFlags: fc.record({ flag1: fc.boolean(), flag2: fc.boolean(), flag3: fc.boolean() }, plain),
      onePacket: fc.boolean(),
      persistence: fc.option(
        fc.record({ timeout: whole(0xff_ff_ff_ff), granularity: granularity(familyOfService(of)) }, plain),
        { nil: undefined },
      ),
      persistenceEngine: fc.option(name, { nil: undefined }),
    },
    plain,
  ),
);

const checksum = fc.constantFrom('nocsum' as const, 'csum' as const, 'remcsum' as const);
const forwarding: fc.Arbitrary<Forwarding> = fc.oneof(
  fc.constantFrom<Forwarding>({ method: 'NAT' }, { method: 'DR' }, { method: 'local' }, { method: 'bypass' }),
  fc.constant<Forwarding>({ method: 'TUN', tunnel: { type: 'ipip' } }),
  checksum.map((sum): Forwarding => ({ method: 'TUN', tunnel: { type: 'gre', checksum: sum } })),
  fc
    .tuple(port, checksum)
    .map(([to, sum]): Forwarding => ({ method: 'TUN', tunnel: { type: 'gue', port: to, checksum: sum } })),
);

const server: fc.Arbitrary<Server> = fc.record(
  {
    address: anyAddress,
    port,
    forwarding,
    weight: whole(0x7f_ff_ff_ff),
    upperThreshold: whole(0xff_ff_ff_ff),
    lowerThreshold: whole(0xff_ff_ff_ff),
  },
  plain,
);

const daemon: fc.Arbitrary<SyncDaemon> = fc.record(
  {
    role: fc.constantFrom('master' as const, 'backup' as const),
    interface: name,
    syncId: whole(255),
    maximumLength: port,
    group: anyAddress,
    port,
    ttl: whole(255),
  },
  { ...plain, requiredKeys: ['role', 'interface', 'syncId'] },
);

/** The value of an encoded nest. */
const writer = attributeWriter();
const encodeServer = (value: Server): Uint8Array => writer.encode(writeServer, value);
const encodeService = (value: Service): Uint8Array => writer.encode(writeService, value);
const inside = (nested: Uint8Array): Uint8Array => nested.subarray(4);

test('a service comes back as it was', () => {
  fc.assert(
    fc.property(service, (value) => {
      expect(decodeService(inside(encodeService(value)))).toEqual({ ok: true, value });
      expect(decodeServiceKey(inside(encodeServiceKey(value.key)))).toEqual({ ok: true, value: value.key });
    }),
  );
});

test('a server comes back as it was, whatever family its service is of', () => {
  fc.assert(
    fc.property(server, fc.constantFrom<Family>(4, 6), (value, family) => {
      expect(decodeServer(inside(encodeServer(value)), family)).toEqual({ ok: true, value });
    }),
  );
});

test('a sync daemon comes back as it was', () => {
  fc.assert(
    fc.property(daemon, (value) => {
      expect(decodeDaemon(inside(encodeDaemon(value)))).toEqual({ ok: true, value });
    }),
  );
});

test('timeouts come back as they were', () => {
  const seconds = whole(0xff_ff_ff_ff);
  const timeouts = fc.record({ tcp: seconds, tcpFin: seconds, udp: seconds }, { ...plain, requiredKeys: [] });
  fc.assert(
    fc.property(timeouts, (value) => {
      expect(decodeTimeouts(encodeTimeouts(value))).toEqual(value);
    }),
  );
});

test('bytes that were decoded are encoded to the same bytes', () => {
  fc.assert(
    fc.property(service, server, (aService, aServer) => {
      for (const bytes of [encodeService(aService), encodeServer(aServer)]) {
        expect(recoded(bytes)).toEqual(bytes);
      }
    }),
  );
});

test('no bytes at all make a decoder throw', () => {
  const attributes = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 15 }), fc.uint8Array({ maxLength: 20 })))
    .map((list) => nest(1, ...list.map(([type, value]) => attribute(type, value))));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), attributes), (bytes) => {
      decodeServiceReport(bytes);
      decodeServerReport(bytes, 4);
      decodeDaemon(inside(bytes));
      decodeTimeouts(bytes);
      expect(readAttributes(bytes).size).toBeLessThan(81);
    }),
  );
});

function recoded(bytes: Uint8Array): Uint8Array | undefined {
  const asService = decodeService(inside(bytes));
  if (asService.ok) return encodeService(asService.value);
  const asServer = decodeServer(inside(bytes), 4);
  return asServer.ok ? encodeServer(asServer.value) : undefined;
}
