import { fail, ok, type Result } from '@holdfast/kit';
import { NETLINK, NETLINK_OPTION, SOL } from '@holdfast/native';
import { openNetlink, openNetlinkSocket } from '../client/open.ts';
import type { NetlinkAnswer, NetlinkClient } from '../client/types.ts';
import { flag } from '../codec/message.ts';
import { netlinkFailure } from '../failure.ts';
import type { NetlinkFailure, RouteNetlink } from '../types.ts';
import { allAddresses, decodeAddress, encodeAddress, encodeAddressKey } from './address.ts';
import { group, message } from './constants.ts';
import { watchEvents } from './events.ts';
import { allLinks, decodeLink } from './link.ts';
import { asWords } from './words.ts';

const errno = { EEXIST: 17, EADDRNOTAVAIL: 99 } as const;
/** About 800 bytes of buffer for an event: some thousand of them. */
const defaultEventBuffer = 2 << 20;

/**
 * Links and addresses of the calling thread's network namespace.
 * @param options.eventBuffer bytes that hold events until the loop reads them
 * @throws NativeError when the socket cannot be opened; AddonMissing
 */
export function openRouteNetlink({ eventBuffer = defaultEventBuffer } = {}): RouteNetlink {
  const client = openNetlink(NETLINK.ROUTE);
  const watching: { close(): void }[] = [];
  return {
    links: () => list(client, 'list the interfaces', message.getLink, allLinks(), decodeLink),
    addresses: () => list(client, 'list the addresses', message.getAddress, allAddresses(), decodeAddress),
    addAddresses: async (requests) => {
      const answers = await client.request(
        requests.map((request) => ({
          type: message.newAddress,
          flags: flag.create | (request.lifetime === undefined ? flag.excl : flag.replace),
          payload: encodeAddress(request),
        })),
      );
      return requests.map((request, i) => outcome(asWords('add', request), answers[i], errno.EEXIST));
    },
    deleteAddresses: async (requests) => {
      const answers = await client.request(
        requests.map((request) => ({ type: message.deleteAddress, payload: encodeAddressKey(request) })),
      );
      return requests.map((request, i) =>
        outcome(asWords('delete', request), answers[i], errno.EADDRNOTAVAIL),
      );
    },
    watch: (onEvent, onLost) => {
      const socket = openNetlinkSocket(NETLINK.ROUTE, eventBuffer);
      for (const number of Object.values(group)) {
        socket.setOption(SOL.NETLINK, NETLINK_OPTION.ADD_MEMBERSHIP, number);
      }
      watchEvents(socket, onEvent, onLost);
      watching.push(socket);
    },
    close: () => {
      client.close();
      for (const socket of watching.splice(0)) socket.close();
    },
  };
}

async function list<T>(
  client: NetlinkClient,
  words: string,
  type: number,
  payload: Uint8Array,
  decode: (payload: Uint8Array) => T | undefined,
): Promise<Result<readonly T[], NetlinkFailure>> {
  const answer = await client.dump({ type, payload });
  if (answer.errno !== 0) return fail(netlinkFailure(words, answer));
  return ok(answer.messages.map((entry) => decode(entry.payload)).filter((entry) => entry !== undefined));
}

/** @param harmless the errno that says: it is so already */
function outcome(
  words: string,
  answer: NetlinkAnswer = { errno: 'silent', text: '', messages: [] },
  harmless: number,
): Result<void, NetlinkFailure> {
  return answer.errno === 0 || answer.errno === harmless
    ? ok(undefined)
    : fail(netlinkFailure(words, answer));
}
