import { type Link, type LinkAddress, openRouteNetlink } from '@holdfast/netlink';

/** Links and addresses of this network namespace; none where the kernel does not tell. */
export async function interfaces(): Promise<{
  readonly links: readonly Link[];
  readonly addresses: readonly LinkAddress[];
}> {
  const route = openRouteNetlink();
  const [links, addresses] = [await route.links(), await route.addresses()];
  route.close();
  return { links: links.ok ? links.value : [], addresses: addresses.ok ? addresses.value : [] };
}
