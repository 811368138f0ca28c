import { addressBytes, unreachable } from '@holdfast/kit';
import { internetChecksum } from './checksum.ts';
import { pseudoHeader } from './pseudo-header.ts';
import { ADVERTISEMENT, type Advert, AUTH_DATA_BYTES, type Endpoints } from './vrrp.ts';
import { setUint16 } from './words.ts';

const FIXED_BYTES = 8;
const ADDRESS_BYTES = 4;

/*
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-------+---------------+---------------+---------------+
 * |   2   | type 1| virtual router| priority      | address count |   version 2: RFC 3768 §5.1
 * +-------+-------+---------------+---------------+---------------+
 * | auth type     | seconds       | checksum                      |
 * +---------------+---------------+-------------------------------+
 * | addresses, 4 bytes each                                       |
 * +---------------------------------------------------------------+
 * | authentication data, 8 bytes                                  |
 * +---------------------------------------------------------------+
 *
 * +-------+-------+---------------+---------------+---------------+
 * |   3   | type 1| virtual router| priority      | address count |   version 3: RFC 9568 §5.1
 * +-------+-------+---------------+---------------+---------------+
 * | 0     | centiseconds          | checksum                      |
 * +-------+-----------------------+-------------------------------+
 * | addresses, 4 bytes each                                       |
 * +---------------------------------------------------------------+
 */

/**
 * The message of an advertisement over IPv4, checksum included.
 * @param pseudo the addresses a version 3 checksum covers; `undefined`: the message alone (RFC 9568 §5.2.8).
 *   Version 2 never covers them.
 * @throws RangeError when a field does not fit: the configuration's checks come before
 */
export function encodeAdvert(advert: Advert, pseudo: Endpoints | undefined): Uint8Array {
  const message = new Uint8Array(messageBytes(advert));
  message[0] = (advert.version << 4) | ADVERTISEMENT;
  message[1] = byte(advert.virtualRouterId, 'virtual router id');
  message[2] = byte(advert.priority, 'priority');
  message[3] = byte(advert.addresses.length, 'number of addresses');
  putInterval(message, advert);
  advert.addresses.forEach((each, i) => {
    message.set(addressBytes(each), FIXED_BYTES + i * ADDRESS_BYTES);
  });
  setUint16(message, 6, checksum(advert, message, pseudo));
  return message;
}

function messageBytes(advert: Advert): number {
  const list = FIXED_BYTES + advert.addresses.length * ADDRESS_BYTES;
  return advert.version === 2 ? list + AUTH_DATA_BYTES : list;
}

function putInterval(message: Uint8Array, advert: Advert): void {
  switch (advert.version) {
    case 2:
      message[4] = byte(advert.authType, 'auth type');
      message[5] = byte(advert.advertSeconds, 'advertisement interval in seconds');
      if (advert.authData.length !== AUTH_DATA_BYTES) throw new RangeError('authentication data has 8 bytes');
      message.set(advert.authData, message.length - AUTH_DATA_BYTES);
      return;
    case 3:
      setUint16(message, 4, within(advert.advertCentiseconds, 0xfff, 'advertisement interval'));
      return;
    default:
      unreachable(advert);
  }
}

function checksum(advert: Advert, message: Uint8Array, pseudo: Endpoints | undefined): number {
  if (advert.version === 2 || pseudo === undefined) return internetChecksum(message);
  return internetChecksum(pseudoHeader(pseudo, message.length), message);
}

const byte = (value: number, what: string): number => within(value, 0xff, what);

function within(value: number, most: number, what: string): number {
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new RangeError(`${what} is a whole number from 0 to ${most}, not ${value}`);
}
