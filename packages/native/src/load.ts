import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isRawAddon, type RawAddon } from './raw.ts';
import { socketClass, WrappedSocket } from './socket.ts';
import type { Addon } from './types.ts';

/** No binary of the addon could be loaded: `message` names each that was tried, why it failed and what to do. */
export class AddonMissing extends Error {
  readonly code = 'ADDON_MISSING';
  constructor(failures: readonly string[]) {
    super(
      `the native addon could not be loaded on Node ${process.version} (${process.platform}-${process.arch}):\n${failures
        .map((failure) => `  ${failure}\n`)
        .join('')}Run: npm run setup (it builds the addon where no prebuilt one fits)`,
    );
    this.name = 'AddonMissing';
  }
}

/**
 * Loads the addon: the file beside a bundle in dist/, else the prebuilt one of the package, else one built here.
 * Safe to call again: Node loads a file once.
 * @param files where to look, in this order
 * @throws AddonMissing when none can be loaded
 */
export function loadAddon(files: readonly string[] = addonFiles()): Addon {
  const failures: string[] = [];
  for (const file of files) {
    const loaded = tryLoad(file);
    if (typeof loaded === 'string') failures.push(loaded);
    else return addon(loaded);
  }
  throw new AddonMissing(failures);
}

/** Seen from this source file, and from a bundle in dist/, where import.meta.url is the bundle's. */
function addonFiles(): readonly string[] {
  const prebuilt = `prebuilds/linux-${process.arch}/holdfast.node`;
  const built = 'build/Release/holdfast.node';
  const places = ['./holdfast.node', `../${prebuilt}`, `../packages/native/${prebuilt}`];
  places.push(`../${built}`, `../packages/native/${built}`);
  return places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
}

function tryLoad(file: string): RawAddon | string {
  try {
    const loaded: unknown = createRequire(import.meta.url)(file);
    return isRawAddon(loaded) ? loaded : `${file}: is not this addon`;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const missing = 'code' in error && error.code === 'MODULE_NOT_FOUND';
    return missing ? `${file}: there is no such file` : `${file}: ${error.message.split('\n')[0]}`;
  }
}

function addon(raw: RawAddon): Addon {
  return {
    Socket: socketClass(raw.Socket),
    adoptSocket: (fd) => new WrappedSocket(new raw.Socket(fd)),
    Timer: raw.Timer,
    monotonicMicros: raw.monotonicMicros,
    watchSignals: raw.watchSignals,
    setParentDeathSignal: raw.setParentDeathSignal,
    alarm: raw.alarm,
    alarmOnSignal: raw.alarmOnSignal,
    setRealtime: raw.setRealtime,
    setResourceLimit: raw.setResourceLimit,
    closeOnExecFrom: raw.closeOnExecFrom,
    lockFile: raw.lockFile,
  };
}
