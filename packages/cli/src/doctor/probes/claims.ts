import type { IpAddress } from '@holdfast/kit';
import { type Addon, AF, ETH_P, SOCK, sockAddrPacket } from '@holdfast/native';
import type { Link } from '@holdfast/netlink';
import { decodeArpSender, encodeArpProbe } from '@holdfast/wire';
import type { Claim } from '../facts.ts';
import { macText } from '../mac.ts';

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
}

const broadcast = new Uint8Array(6).fill(0xff);

/** @throws NativeError where packet sockets are not allowed */
export function asking(addon: Pick<Addon, 'Socket'>, questions: readonly Question[]): Asking {
  const found = new Map<string, Claim>();
  const links = new Map(questions.map(({ link }) => [link.index, link]));
  const sockets = [...links.values()].map((link) => {
    const socket = new addon.Socket(AF.PACKET, SOCK.RAW, 0);
    socket.bind(sockAddrPacket(ETH_P.ARP, link.index));
    const own = questions.filter((question) => question.link.index === link.index);
    socket.receive(
      {},
      (messages) => {
        for (const { data } of messages) note(found, link.name, own, data);
      },
      () => undefined,
    );
    return { socket, link, own };
  });
  return {
    ask: () => {
      for (const { socket, link, own } of sockets) {
        for (const { address } of own) {
          const to = sockAddrPacket(ETH_P.ARP, link.index, broadcast);
          try {
            socket.send([{ data: encodeArpProbe(link.mac, address), to }]);
          } catch {
            // The interface is down: nobody can answer, and another check says so.
          }
        }
      }
    },
    claims: () => [...found.values()],
    close: () => {
      for (const { socket } of sockets) socket.close();
    },
  };
}

function note(found: Map<string, Claim>, name: string, asked: readonly Question[], frame: Uint8Array): void {
  const sender = decodeArpSender(frame);
  if (sender === undefined || !asked.some(({ address }) => address === sender.address)) return;
  const key = `${name} ${sender.address}`;
  const known = found.get(key)?.macs ?? [];
  const mac = macText(sender.mac);
  const macs = known.includes(mac) ? known : [...known, mac];
  found.set(key, { interface: name, address: sender.address, macs });
}
