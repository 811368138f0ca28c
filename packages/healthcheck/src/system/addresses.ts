import { fail, ok } from '@holdfast/kit';
import type { LinkAddress, LinkEvent, RouteNetlink } from '@holdfast/netlink';
import type { WatchAddresses } from './ports.ts';

/**
 * Watches first and lists then, so that nothing is missed between the two; when the kernel had to drop events, lists
 * again. An address may stand on several interfaces.
 */
export const watchAddresses =
  (open: () => RouteNetlink): WatchAddresses =>
  async (onChange) => {
    const routes = open();
    const known = new Map<string, LinkAddress>();
    const relist: RouteNetlink['addresses'] = async () => {
      const listed = await routes.addresses();
      if (!listed.ok) return listed;
      known.clear();
      for (const address of listed.value) known.set(keyOf(address), address);
      return listed;
    };
    routes.watch(
      (event: LinkEvent) => {
        if (event.kind === 'address') known.set(keyOf(event.address), event.address);
        else if (event.kind === 'address-gone') known.delete(keyOf(event.address));
        else return;
        onChange();
      },
      () => {
        // What was lost is unknown until it is listed; when that fails too, the next event brings the next chance.
        relist().then(onChange, onChange);
      },
    );
    const listed = await relist();
    if (!listed.ok) return fail({ what: listed.error.request, code: listed.error.code });
    return ok({ holds: (wanted) => [...known.values()].some(({ address }) => address === wanted) });
  };

const keyOf = ({ index, address, prefixLength }: LinkAddress): string =>
  `${index} ${address}/${prefixLength}`;
