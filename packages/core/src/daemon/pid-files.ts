import { ok, type Result } from '@holdfast/kit';
import type { Addon } from '@holdfast/native';
import type { Options } from '../options/parse.ts';
import { claimPidFile, type PidFile, type PidFileFailure } from '../system/pid-file.ts';

/** The pid files of core and of the workers, all locked by core for its life. */
export interface PidFiles {
  parent(pid: number): void;
  /** Which process is the vrrp worker now. */
  vrrp(pid: number): void;
  /** Which process is the healthcheck worker now. Claims the file if that was not done at start, and says if it cannot. */
  checkers(pid: number): void;
  /**
   * Claims the file of the healthcheck worker (-c): only a daemon with virtual servers needs it, so that two without
   * them may run beside each other. @returns why not
   */
  claimCheckers(): PidFileFailure | undefined;
  /** Where this daemon notes what it holds in the kernel: beside the parent's pid file. */
  readonly heldAddresses: string;
  /** Where a daemon that is stopped for a restart leaves what the next one has to know. */
  readonly restartNote: string;
  remove(): void;
}

const customaryPaths = {
  parent: '/run/keepalived.pid',
  vrrp: '/run/vrrp.pid',
  checkers: '/run/checkers.pid',
} as const;

/**
 * Claims the files of every process that may run; either all of them or none (keepalived(8) -p -r).
 * @param onUnwritable a number could not be written later on; the lock holds all the same
 */
export function claimPidFiles(
  { pidFiles, withVrrp }: Pick<Options, 'pidFiles' | 'withVrrp'>,
  addon: Pick<Addon, 'lockFile'>,
  onUnwritable: (why: string) => void,
): Result<PidFiles, PidFileFailure> {
  const parent = claimPidFile(pidFiles.parent ?? customaryPaths.parent, addon.lockFile);
  if (!parent.ok) return parent;
  let vrrp: PidFile | undefined;
  if (withVrrp) {
    const claimed = claimPidFile(pidFiles.vrrp ?? customaryPaths.vrrp, addon.lockFile);
    if (!claimed.ok) {
      parent.value.remove();
      return claimed;
    }
    vrrp = claimed.value;
  }
  const write = (file: PidFile | undefined, pid: number): void => {
    const failure = file?.write(pid);
    if (failure !== undefined) onUnwritable(failure);
  };
  let checkers: PidFile | undefined;
  const claimCheckers = (): PidFileFailure | undefined => {
    if (checkers !== undefined) return undefined;
    const claimed = claimPidFile(pidFiles.checkers ?? customaryPaths.checkers, addon.lockFile);
    if (!claimed.ok) return claimed.error;
    checkers = claimed.value;
    return undefined;
  };
  return ok({
    parent: (pid) => write(parent.value, pid),
    vrrp: (pid) => write(vrrp, pid),
    claimCheckers,
    checkers: (pid) => {
      const failure = claimCheckers();
      if (failure === undefined) write(checkers, pid);
      else
        onUnwritable(
          failure.kind === 'held' ? `${failure.path} is locked by another daemon` : failure.message,
        );
    },
    heldAddresses: `${parent.value.path}.addresses`,
    restartNote: `${parent.value.path}.restart`,
    remove: () => {
      vrrp?.remove();
      checkers?.remove();
      parent.value.remove();
    },
  });
}
