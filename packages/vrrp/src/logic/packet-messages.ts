import type { IpAddress } from '@holdfast/kit';
import type { DropReason } from './drop-reason.ts';
import type { ReceiveNote } from './receive.ts';
import type { VrrpLogRecord } from './types.ts';

/** What the log says of a packet that was dropped. @param sender `undefined` where the IP header tells none */
export const packetDropped = (
  name: string,
  reason: DropReason,
  sender: IpAddress | undefined,
): VrrpLogRecord => ({
  id: 'packet-dropped',
  level: 'warning',
  text: `(${name}) dropped an advert${sender === undefined ? '' : ` from ${sender}`}: ${reasons[reason]}`,
  fields: { instance: name, reason, ...(sender === undefined ? {} : { sender }) },
});

/** What it says of one that was accepted all the same. */
export const packetNoted = (name: string, note: ReceiveNote, sender: IpAddress): VrrpLogRecord => ({
  id: note,
  level: 'warning',
  text: `(${name}) ${sender} ${notes[note]}`,
  fields: { instance: name, sender },
});

/** `log_unknown_vrids` */
export const unknownVrid = (interfaceName: string, vrid: number): VrrpLogRecord => ({
  id: 'unknown-vrid',
  level: 'info',
  text: `Unknown VRID(${vrid}) received on interface(${interfaceName}): ignored`,
  fields: { interface: interfaceName, vrid },
});

const notes: Readonly<Record<ReceiveNote, string>> = {
  'address-list-differs': 'advertises other addresses than we do: make virtual_ipaddress the same on both',
  'advert-interval-differs': 'advertises another interval than ours: make advert_int the same on both',
};

const reasons: Readonly<Record<DropReason, string>> = {
  truncated: 'it is too short',
  'bad-ip-header': 'its IP header is broken',
  fragment: 'it is a fragment',
  'length-mismatch': 'its length does not fit what it says',
  'bad-protocol': 'it is no VRRP packet',
  'authentication-header': 'it carries an authentication header (auth_type AH), which is not spoken here',
  'bad-destination': 'its destination is not the configured one (multicast here, unicast there?)',
  'own-packet': 'it has our own source address: a loop, or another router uses our address',
  'unknown-peer': 'its sender is no unicast_peer',
  'bad-ttl': 'its TTL is not 255 or not within min_ttl and max_ttl: it was forwarded',
  'bad-version': 'its VRRP version is not the configured one',
  'bad-type': 'its type is not advertisement',
  'bad-checksum': 'its checksum is wrong',
  'unknown-vrid': 'its VRID is another one',
  'owner-ignores-adverts': 'owner_ignore_adverts is set',
  'auth-type-unknown': 'its authentication type is unknown',
  'auth-type-mismatch': 'its authentication type is not the configured one',
  'auth-failed': 'its password is wrong',
  'no-address': 'it carries no address',
  'bad-advert-int': 'its interval is 0',
  'advert-int-mismatch': 'its interval is not our advert_int, which VRRP version 2 requires',
  'address-list-differs': 'it carries other addresses than virtual_ipaddress',
};
