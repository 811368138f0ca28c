import { familyOf, type IpAddress } from '@holdfast/kit';
import { type Addon, AF, ETH_P, type NativeSocket, SOCK, sockAddrPacket } from '@holdfast/native';
import type { Link } from '@holdfast/netlink';
import { decodeArpSender, decodeNeighbourClaim, encodeArpProbe, encodeNeighbourProbe } from '@holdfast/wire';
import type { Claim } from '../facts.ts';
import { macText } from '../mac.ts';
import { withBytes } from './packet-filter.ts';

/** Asks the LAN who has addresses. */
export interface Asking {
  /** Sends one probe for each address; several in a row make up for a lost one. */
  readonly ask: () => void;
  /** Who has answered until now. */
  readonly claims: () => readonly Claim[];
  readonly close: () => void;
}

/** One address to ask for, and where. */
export interface Question {
  readonly link: Link;
  readonly address: IpAddress;
  /** An address of the interface, of the same family, that an answer of IPv6 can be sent to; ARP needs none. */
  readonly from: IpAddress | undefined;
}

interface Protocol {
  readonly number: number;
  readonly filter: Uint8Array;
  readonly claimOf: (
    frame: Uint8Array,
  ) => { readonly mac: Uint8Array; readonly address: IpAddress } | undefined;
}

/** Bytes of whole frames: the Ethernet type, and for IPv6 the next header and the type of ICMPv6 behind it. */
const protocols: Readonly<Record<4 | 6, Protocol>> = {
  4: { number: ETH_P.ARP, filter: withBytes([12, 0x08], [13, 0x06]), claimOf: decodeArpSender },
  6: { number: ETH_P.IPV6, filter: withBytes([20, 58], [54, 136]), claimOf: decodeNeighbourClaim },
};

/** @throws NativeError where packet sockets are not allowed */
export function asking(addon: Pick<Addon, 'Socket'>, questions: readonly Question[]): Asking {
  const found = new Map<string, Claim>();
  const places = new Map(
    questions.map((question) => [`${question.link.index} ${familyOf(question.address)}`, question]),
  );
  const posts = [...places.values()].map(({ link, address }) => {
    const family = familyOf(address);
    const own = questions.filter((one) => one.link.index === link.index && familyOf(one.address) === family);
    return { socket: openSocket(addon, link, protocols[family], own, found), own };
  });
  return {
    ask: () => {
      for (const { socket, own } of posts) {
        for (const question of own) askOne(socket, question);
      }
    },
    claims: () => [...found.values()],
    close: () => {
      for (const { socket } of posts) socket.close();
    },
  };
}

function openSocket(
  addon: Pick<Addon, 'Socket'>,
  link: Link,
  { number, filter, claimOf }: Protocol,
  own: readonly Question[],
  found: Map<string, Claim>,
): NativeSocket {
  const socket = new addon.Socket(AF.PACKET, SOCK.RAW, 0);
  socket.attachFilter(filter);
  socket.bind(sockAddrPacket(number, link.index));
  socket.receive(
    {},
    (messages) => {
      for (const { data } of messages) {
        const claim = claimOf(data);
        if (claim !== undefined && own.some(({ address }) => address === claim.address))
          note(found, link.name, claim.address, macText(claim.mac));
      }
    },
    () => undefined,
  );
  return socket;
}

function askOne(socket: NativeSocket, { link, address, from }: Question): void {
  const four = familyOf(address) === 4;
  if (!four && from === undefined) return;
  const data =
    from === undefined || four
      ? encodeArpProbe(link.mac, address)
      : encodeNeighbourProbe({ mac: link.mac, address: from }, address);
  const to = sockAddrPacket(four ? ETH_P.ARP : ETH_P.IPV6, link.index, data.slice(0, 6));
  try {
    socket.send([{ data, to }]);
  } catch {
    // The interface is down: nobody can answer, and another check says so.
  }
}

function note(found: Map<string, Claim>, name: string, address: IpAddress, mac: string): void {
  const key = `${name} ${address}`;
  const known = found.get(key)?.macs ?? [];
  found.set(key, { interface: name, address, macs: known.includes(mac) ? known : [...known, mac] });
}
