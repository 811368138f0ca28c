import type { IpAddress } from '@holdfast/kit';

/** What a test asks a wire's end in another process. */
export type Order = { readonly id: number } & OrderBody;

export type OrderBody =
  | {
      readonly kind: 'open' | 'close';
      readonly interfaceName: string;
      readonly group: IpAddress | undefined;
    }
  | {
      readonly kind: 'send';
      readonly interfaceName: string;
      readonly datagrams: Datagrams;
    }
  /** Sends and ends before its event loop turns again, as a process does that says goodbye. Nothing answers. */
  | { readonly kind: 'send-and-end'; readonly interfaceName: string; readonly datagrams: Datagrams }
  /** Stands still for so long, then drains. Answers how many datagrams that handed over. */
  | { readonly kind: 'stall-and-drain'; readonly milliseconds: number }
  | { readonly kind: 'heard'; readonly count: number }
  /** Another program of this host joins the group. */
  | { readonly kind: 'stranger'; readonly interfaceName: string; readonly group: IpAddress }
  /** The descriptors that a program started now inherits. */
  | { readonly kind: 'descriptors' }
  /** Gratuitous ARP for each address, all at once. */
  | {
      readonly kind: 'announce';
      readonly interfaceName: string;
      readonly mac: string;
      readonly addresses: readonly IpAddress[];
    }
  /** From now on ARP frames are `heard` too. */
  | { readonly kind: 'watch-arp'; readonly interfaceName: string };

export type Datagrams = readonly { readonly destination: IpAddress; readonly hex: string }[];

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}
