import { fail, ok, type Result } from '@holdfast/kit';
import { type NetlinkAnswer, type NetlinkClient, openNetlink } from '@holdfast/netlink';
import { familyName } from '../codec/constants.ts';
import { controller, decodeFamilyId, encodeFamilyName } from '../codec/family.ts';
import type { IpvsRequest } from '../codec/request.ts';
import { errnoNumber } from '../failure/errno.ts';
import { explain } from '../failure/explain.ts';
import type { IpvsFailure } from '../failure/types.ts';
import type { Answer, IpvsTransport } from './transport.ts';

/** NETLINK_GENERIC. */
const genericNetlink = 16;
/** What the netlink client sends at once; with more, the answers of the first would grow old while they wait for the last. */
const capacity = 64;
/** struct genlmsghdr: command u8, version u8, reserved u16. */
const headerLength = 4;
const version = 1;

/**
 * Generic netlink to the IPVS of the network namespace that the calling thread is in. Asking for the family makes the
 * kernel load ip_vs, where it has modules and modprobe.
 *
 * @returns ENOENT where the kernel has no IPVS; nothing needs a right before the first command
 */
export async function openTransport(): Promise<Result<IpvsTransport, IpvsFailure>> {
  const client = openNetlink(genericNetlink);
  const request = {
    type: controller.type,
    payload: payload({ command: controller.getFamily, attributes: encodeFamilyName(familyName) }),
  };
  const [answer] = await client.request([request]);
  const [message] = answer?.messages ?? [];
  const family = message === undefined ? undefined : decodeFamilyId(message.payload.subarray(headerLength));
  if (family !== undefined) return ok(transportOf(client, family));
  client.close();
  const errno =
    typeof answer?.errno === 'number' && answer.errno !== 0 ? answer.errno : errnoNumber('ENOBUFS');
  return fail(explain({ kind: 'open' }, errno));
}

const transportOf = (client: NetlinkClient, type: number): IpvsTransport => ({
  capacity,
  request: async (requests) => {
    const answers = await client.request(requests.map((request) => ({ type, payload: payload(request) })));
    return answers.map(answerOf);
  },
  dump: async (request) => answerOf(await client.dump({ type, payload: payload(request) })),
  close: () => client.close(),
});

function payload({ command, attributes }: IpvsRequest): Uint8Array {
  const bytes = new Uint8Array(headerLength + attributes.length);
  bytes.set([command, version]);
  bytes.set(attributes, headerLength);
  return bytes;
}

const answerOf = ({ errno, messages }: NetlinkAnswer): Answer => ({
  errno,
  messages: messages.map((message) => ({
    command: message.payload[0] ?? 0,
    attributes: message.payload.subarray(headerLength),
  })),
});
