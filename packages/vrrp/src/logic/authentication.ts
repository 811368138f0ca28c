import type { Authentication } from '@holdfast/config';
import { unreachable } from '@holdfast/kit';
import { AUTH_DATA_BYTES } from '@holdfast/wire';

/** The 8 bytes at the end of a version 2 advert: the password, cut or zero padded (RFC 2338 §5.3.6.2), or zeros. */
export function authenticationData(authentication: Authentication): Uint8Array {
  switch (authentication.type) {
    case 'none':
      return new Uint8Array(AUTH_DATA_BYTES);
    case 'pass': {
      const data = new Uint8Array(AUTH_DATA_BYTES);
      data.set(Buffer.from(authentication.password, 'utf8').subarray(0, AUTH_DATA_BYTES));
      return data;
    }
    default:
      return unreachable(authentication);
  }
}
