import type { IpvsRequest } from '../codec/request.ts';

/** What the kernel answered to one request. */
export interface Answer {
  /** 0: done. `silent`: not known, as answers were lost, or a wanted acknowledgement did not come. */
  readonly errno: number | 'silent';
  /** The data messages before the acknowledgement. */
  readonly messages: readonly IpvsRequest[];
}

/**
 * Carries requests of the IPVS family to a kernel: the real one by generic netlink, or the fake one. Both pass the
 * same suite.
 */
export interface IpvsTransport {
  /** The most requests that one call may have: all their answers must fit the receive buffer. */
  readonly capacity: number;
  /**
   * Sends all in one send; they are executed in order before the call returns, and an error does not stop the rest.
   * Answers come in the order of the requests.
   */
  request(requests: readonly IpvsRequest[]): Promise<readonly Answer[]>;
  /** One dump; not while another one runs. */
  dump(request: IpvsRequest): Promise<Answer>;
  close(): void;
}
