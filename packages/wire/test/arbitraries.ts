import { addressFromBytes, type IpAddress } from '@holdfast/kit';
import type { Advert, Endpoints, Ipv4Header } from '@holdfast/wire';
import fc from 'fast-check';

const byte = fc.integer({ min: 0, max: 255 });

export const ipv4Address: fc.Arbitrary<IpAddress> = fc
  .uint8Array({ minLength: 4, maxLength: 4 })
  .map(addressFromBytes);

const common = {
  virtualRouterId: byte,
  priority: byte,
  addresses: fc.array(ipv4Address, { maxLength: 255, size: 'medium' }),
};

export const advert: fc.Arbitrary<Advert> = fc.oneof(
  fc.record({
    version: fc.constant(2 as const),
    ...common,
    authType: byte,
    authData: fc.uint8Array({ minLength: 8, maxLength: 8 }),
    advertSeconds: byte,
  }),
  fc.record({
    version: fc.constant(3 as const),
    ...common,
    advertCentiseconds: fc.integer({ min: 0, max: 4095 }),
  }),
);

export const endpoints: fc.Arbitrary<Endpoints> = fc.record({
  source: ipv4Address,
  destination: ipv4Address,
});

export const ipv4Header: fc.Arbitrary<Ipv4Header> = fc.record({
  typeOfService: byte,
  identification: fc.integer({ min: 0, max: 0xffff }),
  timeToLive: byte,
  protocol: byte,
  source: ipv4Address,
  destination: ipv4Address,
});
