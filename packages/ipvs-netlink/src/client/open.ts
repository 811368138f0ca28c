import { ok, type Result } from '@holdfast/kit';
import type { IpvsFailure } from '../failure/types.ts';
import { ipvsClient } from './client.ts';
import { openTransport } from './netlink-transport.ts';
import type { Ipvs } from './types.ts';

/**
 * The LVS table of the network namespace that the calling thread is in. Everything but opening needs CAP_NET_ADMIN.
 *
 * @returns ENOENT with the remedy where the kernel has no IPVS
 * @throws AddonMissing where the native addon cannot be loaded; NativeError when no socket can be opened
 */
export async function openIpvs(): Promise<Result<Ipvs, IpvsFailure>> {
  const transport = await openTransport();
  return transport.ok ? ok(ipvsClient(transport.value)) : transport;
}
