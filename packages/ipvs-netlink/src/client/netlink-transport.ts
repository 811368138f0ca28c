import { fail, ok, type Result } from '@holdfast/kit';
import {
  type NetlinkAnswer,
  type NetlinkClient,
  type NetlinkRequest,
  openNetlink,
  sendLimits,
} from '@holdfast/netlink';
import { familyName } from '../codec/constants.ts';
import { controller, decodeFamilyId, encodeFamilyName } from '../codec/family.ts';
import type { IpvsRequest } from '../codec/request.ts';
import { errnoNumber } from '../failure/errno.ts';
import { explain } from '../failure/explain.ts';
import type { IpvsFailure } from '../failure/types.ts';
import type { Answer, IpvsTransport } from './transport.ts';

/** NETLINK_GENERIC. */
const genericNetlink = 16;
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
    header: headerOf(controller.getFamily),
    payload: encodeFamilyName(familyName),
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
  /** With more, the answers to the first send would grow old while they wait for the last. */
  capacity: sendLimits.messages,
  request: async (requests) => {
    const answers = await client.request(requests.map((request) => netlinkRequest(type, request)));
    return answers.map(answerOf);
  },
  dump: async (request) => answerOf(await client.dump(netlinkRequest(type, request))),
  close: () => client.close(),
});

function netlinkRequest(type: number, { command, attributes, acknowledged }: IpvsRequest): NetlinkRequest {
  const request = { type, header: headers[command] ?? headerOf(command), payload: attributes };
  return acknowledged === undefined ? request : { ...request, acknowledged };
}

const headerOf = (command: number): Uint8Array => Uint8Array.of(command, version, 0, 0);

/** By command. */
const headers = Array.from({ length: 32 }, (_, command) => headerOf(command));

/** Most answers are this one. */
const done: Answer = { errno: 0, messages: [] };

function answerOf({ errno, messages }: NetlinkAnswer): Answer {
  if (errno === 0 && messages.length === 0) return done;
  return {
    errno,
    messages: messages.map((message) => ({
      command: message.payload[0] ?? 0,
      attributes: message.payload.subarray(headerLength),
    })),
  };
}
