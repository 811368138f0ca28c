import type { IpAddress, Result } from '@holdfast/kit';

/** A network interface as RTM_NEWLINK describes it. */
export interface Link {
  readonly index: number;
  readonly name: string;
  /** IFF_UP: the administrator wants it up. */
  readonly adminUp: boolean;
  /** IFF_RUNNING: it can carry traffic. Up, for VRRP, is both. */
  readonly running: boolean;
  readonly loopback: boolean;
  readonly multicast: boolean;
  readonly noArp: boolean;
  readonly mtu: number;
  /** Hardware address; empty where the link has none. */
  readonly mac: Uint8Array;
}

export interface LinkAddress {
  readonly index: number;
  readonly address: IpAddress;
  readonly prefixLength: number;
  /** rtnetlink scope. */
  readonly scope: number;
  readonly secondary: boolean;
  /** DAD is running or has failed: not usable as a source. */
  readonly tentative: boolean;
  /** IFA_PROTO, 0 when unknown. */
  readonly protocol: number;
  /** It has a lifetime: the kernel removes it by itself. Left out where it stays for ever. */
  readonly expires?: true;
}

/** An address to add or delete. */
export interface AddressRequest {
  readonly index: number;
  readonly address: IpAddress;
  readonly prefixLength: number;
  readonly scope?: number;
  readonly label?: string;
  readonly broadcast?: IpAddress;
  readonly peer?: { readonly address: IpAddress; readonly prefixLength: number };
  readonly noPrefixRoute?: boolean;
  /** Preferred lifetime 0: there, but never chosen as a source. */
  readonly deprecated?: boolean;
  /** IFA_PROTO: marks the address as this program's. */
  readonly protocol?: number;
  /**
   * Whole seconds, at least 1, after which the kernel removes it by itself (it may take some tenths longer); or that it
   * stays. Given, an address that is there already is changed: its lifetime, mark and flags are those of the request.
   */
  readonly lifetime?: number | 'for-ever';
}

/** A refusal of the kernel: what was asked, the errno, and the extended acknowledgement's text where there is one. */
export interface NetlinkFailure {
  readonly request: string;
  readonly code: string;
  readonly errno: number;
  readonly text: string;
}

export type LinkEvent =
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'link-gone'; readonly index: number; readonly name: string }
  | { readonly kind: 'address'; readonly address: LinkAddress }
  | { readonly kind: 'address-gone'; readonly address: LinkAddress };

/**
 * Links and addresses of one network namespace. The real one speaks rtnetlink; the fake passes the same suite.
 * Requests of one call travel together; results come in the order of the requests. No promise ever rejects.
 *
 * The kernel carries additions and deletions out inside the call itself: they have taken effect when the call returns
 * its promise, so that what follows (a gratuitous ARP for a new address, a deletion after an addition) need not wait.
 */
export interface RouteNetlink {
  links(): Promise<Result<readonly Link[], NetlinkFailure>>;
  addresses(): Promise<Result<readonly LinkAddress[], NetlinkFailure>>;
  /** EEXIST counts as success: the address is there, as it was (its mark and scope too), unless `lifetime` is given. */
  addAddresses(requests: readonly AddressRequest[]): Promise<readonly Result<void, NetlinkFailure>[]>;
  /** EADDRNOTAVAIL counts as success: the address is gone. */
  deleteAddresses(requests: readonly AddressRequest[]): Promise<readonly Result<void, NetlinkFailure>[]>;
  /**
   * Every change from now on, this program's own included, never called from within another call. After lost events
   * (ENOBUFS) `onLost` is called and the caller lists again. Watch first, then list: nothing falls between.
   */
  watch(onEvent: (event: LinkEvent) => void, onLost: () => void): void;
  close(): void;
}
