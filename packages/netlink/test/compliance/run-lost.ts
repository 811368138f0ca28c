/** Loses events by a small buffer in the network namespace of this process; prints what the watcher was told. */
import { address } from '@holdfast/kit';
import { openRouteNetlink } from '../../src/index.ts';

const routes = openRouteNetlink({ eventBuffer: 4096 });
const told: string[] = [];
let events = 0;
routes.watch(
  () => {
    events++;
  },
  () => told.push('lost'),
);
const burst = async (octet: number): Promise<void> => {
  const many = Array.from({ length: 200 }, (_, i) => ({
    index: 1,
    address: address(`10.8.${octet}.${i}`),
    prefixLength: 32,
  }));
  await routes.addAddresses(many);
  await new Promise((resolve) => setTimeout(resolve, 100));
};
await burst(0);
const first = told.length;
await burst(1);
const second = told.length - first;
const before = events;
await routes.deleteAddresses([{ index: 1, address: address('10.8.0.7'), prefixLength: 32 }]);
await new Promise((resolve) => setTimeout(resolve, 100));
const listed = await routes.addresses();
routes.close();
console.log(
  JSON.stringify({ first, second, after: events - before, listed: listed.ok ? listed.value.length : -1 }),
);
