/** One acknowledgement a send, from the kernel of this network namespace; prints the errnos of each call. */
import { address } from '@holdfast/kit';
import { NETLINK } from '@holdfast/native';
import { netlinkClient, openNetlinkSocket } from '../../src/index.ts';
import { encodeAddress, encodeAddressKey } from '../../src/route/address.ts';

/** Room for some refusals, far from two hundred. */
const client = netlinkClient(openNetlinkSocket(NETLINK.ROUTE, 4096));
const claims = Array.from({ length: 200 }, (_, i) => ({
  index: 1,
  address: address(`10.8.0.${i}`),
  prefixLength: 32,
}));
const removal = (claim: (typeof claims)[number]) => ({ type: 21, payload: encodeAddressKey(claim) });
const addition = (claim: (typeof claims)[number]) => ({
  type: 20,
  flags: 0x600,
  payload: encodeAddress(claim),
});
const told = async (...requests: Parameters<typeof client.request>[0]): Promise<void> =>
  console.log(JSON.stringify((await client.request(requests)).map(({ errno }) => errno)));

await told(...claims.map(removal));
await told(...claims.filter((_, i) => [0, 100, 199].includes(i)).map(addition));
await told(...claims.map(addition));
await told(...claims.map(removal));
client.close();
