import type { IpAddress } from '@holdfast/kit';

/** IP protocol number of VRRP (RFC 9568 §5.1.1.4). */
export const VRRP_PROTOCOL = 112;

/** IP protocol number of the authentication header that auth type 2 puts before the message (RFC 2338 §5.3.6.3). */
export const AUTHENTICATION_HEADER_PROTOCOL = 51;

/** The type field of the only message there is: ADVERTISEMENT (RFC 9568 §5.2.2). */
export const ADVERTISEMENT = 1;

/** Auth Type of VRRPv2 (RFC 2338 §5.3.6, RFC 3768 §5.3.6). */
export const AUTH_NONE = 0;
export const AUTH_PASSWORD = 1;
export const AUTH_HEADER = 2;

/** Bytes of Authentication Data at the end of a VRRPv2 message (RFC 3768 §5.3.10). */
export const AUTH_DATA_BYTES = 8;

/** A VRRPv2 advertisement (RFC 3768 §5.1). */
export interface AdvertV2 {
  readonly version: 2;
  /** 0 to 255 on the wire; 1 to 255 is valid. */
  readonly virtualRouterId: number;
  /** 0 to 255; 0: the master stops. */
  readonly priority: number;
  /** One of the AUTH constants, or what a stranger sent. */
  readonly authType: number;
  /** 8 bytes: zero without authentication, the password zero padded with type 1. */
  readonly authData: Uint8Array;
  /** Whole seconds, 0 to 255. */
  readonly advertSeconds: number;
  readonly addresses: readonly IpAddress[];
}

/** A VRRPv3 advertisement (RFC 9568 §5.1). */
export interface AdvertV3 {
  readonly version: 3;
  readonly virtualRouterId: number;
  readonly priority: number;
  /** Max Advertise Interval: hundredths of a second, 0 to 4095 on the wire; 1 to 4095 is valid. */
  readonly advertCentiseconds: number;
  readonly addresses: readonly IpAddress[];
}

export type Advert = AdvertV2 | AdvertV3;

/**
 * What a VRRPv3 checksum over IPv4 covers besides the message: nothing (RFC 9568 §5.2.8), a pseudo header with the
 * packet's addresses (RFC 5798 §5.2.8 as commonly read), or, from old unicast senders, one that names the multicast
 * group as destination. VRRPv2 covers the message alone (RFC 3768 §5.3.8).
 */
export type ChecksumForm = 'message-only' | 'pseudo-header' | 'pseudo-header-of-group';

/** The addresses of the IP header that carries a message, for the pseudo header. */
export interface Endpoints {
  readonly source: IpAddress;
  readonly destination: IpAddress;
}
