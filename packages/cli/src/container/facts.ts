import type { IpAddress } from '@holdfast/kit';
import type { DefaultRoute } from './default-routes.ts';
import type { Environment } from './reader.ts';

/** What was observed around the container's entry program. Plain data: the configuration is a function of it. */
export interface Facts {
  readonly environment: Environment;
  readonly hostName: string;
  /** Without the loopback, in the kernel's order. */
  readonly nics: readonly Nic[];
  readonly defaultRoutes: readonly DefaultRoute[];
  /** Addresses by name; a name that is not known has none. */
  readonly resolved: ReadonlyMap<string, readonly IpAddress[]>;
  /** Content of HOLDFAST_AUTH_PASS_FILE; undefined when it is not set or cannot be read. */
  readonly passwordFile: string | undefined;
  /** The command line that asks a page, without the page. */
  readonly probe: string;
}

export interface Nic {
  readonly name: string;
  readonly addresses: readonly NicAddress[];
}

export interface NicAddress {
  readonly address: IpAddress;
  readonly prefixLength: number;
}
