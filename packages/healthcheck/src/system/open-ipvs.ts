import { seconds } from '@holdfast/kit';
import type { ScriptRuns } from './script-runs.ts';
import type { OpenIpvs } from './table-keeper.ts';

/** A module that is not loaded by then will not be. */
const modprobeTimeout = seconds(10);

/** Has core run `modprobe`; what comes of it is seen when IPVS is opened again. */
export async function loadModule(scripts: Pick<ScriptRuns, 'once'>, modprobe: string): Promise<void> {
  const runAs = { user: 'root', group: undefined };
  await scripts.once({ argv: [modprobe, 'ip_vs'], runAs }, modprobeTimeout);
}

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

/**
 * keepalived.conf(5) `lvs_flush`: when IPVS is reached for the first time the table is emptied, also of what is not ours.
 * @param pending `flush` is cleared once that is done
 */
export function openEmptied(open: OpenIpvs, pending: { flush: boolean }): OpenIpvs {
  return async () => {
    const opened = await open();
    if (!opened.ok || !pending.flush) return opened;
    const flushed = await opened.value.flush();
    if (!flushed.ok) {
      opened.value.close();
      return flushed;
    }
    pending.flush = false;
    return opened;
  };
}
