import type { NativeSocket } from '@holdfast/native';
import type { NetlinkMessage } from '../codec/message.ts';

/** What the client asks of a socket; the native one, or a scripted one in tests. */
export type NetlinkSocket = Pick<NativeSocket, 'send' | 'receive' | 'drain' | 'ref' | 'unref' | 'close'>;

export interface NetlinkRequest {
  /** Message type: RTM_*, or the family id of generic netlink. */
  readonly type: number;
  /** NLM_F_* besides REQUEST and ACK (or DUMP), which the client sets. */
  readonly flags?: number;
  /** What goes before the payload, where it is kept apart: a multiple of 4 bytes. */
  readonly header?: Uint8Array;
  /** The family's fixed structure, unless that is the header, and the attributes. */
  readonly payload: Uint8Array;
  /**
   * It gets an acknowledgement of its own. Needed where the kernel may end it without a word (its handler was
   * interrupted, EINTR): another request of the same send would count as done then, this one as `silent`.
   */
  readonly acknowledged?: true;
}

export interface NetlinkAnswer {
  /**
   * 0: done; else the kernel's errno. `silent`: whether it was carried out is not known, as answers were lost, or its
   * own acknowledgement did not come.
   *
   * Only the last request of a send is acknowledged. The kernel works a send off in order and tells every error, so
   * those before it that were not refused are done.
   */
  readonly errno: number | 'silent';
  /** The kernel's own words about an error, or ''. */
  readonly text: string;
  /** The data messages before the acknowledgement. */
  readonly messages: readonly NetlinkMessage[];
}

/** Requests of one netlink protocol. Nothing here knows what the messages mean. */
export interface NetlinkClient {
  /**
   * The kernel carries requests out inside this very call, in order and each whatever became of those before it: when
   * `request` returns its promise they have taken effect. So calls made one after another need not await each other.
   * @returns the answers, in the order of the requests; never rejects
   */
  request(requests: readonly NetlinkRequest[]): Promise<readonly NetlinkAnswer[]>;
  /**
   * A GET of everything. Dumps wait for each other, and one during which the table changed (NLM_F_DUMP_INTR) is done
   * again, up to a limit: then errno is EINTR. Never rejects.
   */
  dump(request: NetlinkRequest): Promise<NetlinkAnswer>;
  /** Open requests are answered with EBADF, as are later ones. */
  close(): void;
}
