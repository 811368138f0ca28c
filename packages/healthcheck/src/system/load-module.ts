import type { OpenIpvs } from './table-keeper.ts';

/**
 * Opens the kernel's IPVS. Where there is none its module may only not be loaded: then `modprobe` is tried once, as
 * keepalived does; not every kernel asks for it by itself.
 */
export function openLoading(open: OpenIpvs, loadModule: () => Promise<void>): OpenIpvs {
  let isTried = false;
  return async () => {
    const opened = await open();
    if (opened.ok || opened.error.code !== 'ENOENT' || isTried) return opened;
    isTried = true;
    await loadModule();
    return open();
  };
}
