import { createRequire } from 'node:module';
import { fail, ok, type Result } from '@holdfast/kit';
import type { Addon } from '@holdfast/native';
import type * as RawSocket from 'raw-socket';
import type { PortFailure } from './ports.ts';
import { nativeTransport } from './wire-native.ts';
import { rawSocketTransport } from './wire-raw-socket.ts';
import type { OpenWireSocket } from './wire-socket.ts';

export type TransportName = 'native' | 'raw-socket';

export interface Transport {
  readonly name: TransportName;
  readonly openSocket: OpenWireSocket;
  /** Why it is not the one that was asked for; `undefined` when it is. */
  readonly instead: string | undefined;
}

/** Descriptors 0 to 2 are a script's; nothing beyond them is for programs that the process starts. */
const FIRST_PRIVATE_DESCRIPTOR = 3;

/**
 * The transport that the configuration wants, or the other one where it cannot be loaded, saying so.
 * raw-socket is optional: it is not loaded unless it is needed.
 * @param addon `undefined` where the addon cannot be loaded
 */
export function chooseTransport(
  wanted: TransportName,
  addon: Addon | undefined,
): Result<Transport, PortFailure> {
  const load = { native: () => loadNative(addon), 'raw-socket': () => loadRawSocket(addon) };
  const first = load[wanted]();
  if (first.ok) return ok({ name: wanted, openSocket: first.value, instead: undefined });
  const other = wanted === 'native' ? 'raw-socket' : 'native';
  const second = load[other]();
  if (!second.ok) return fail(neither(first.error, second.error));
  return ok({ name: other, openSocket: second.value, instead: first.error });
}

function loadNative(addon: Addon | undefined): Result<OpenWireSocket, string> {
  return addon === undefined ? fail('the native addon could not be loaded') : ok(nativeTransport(addon));
}

function loadRawSocket(addon: Addon | undefined): Result<OpenWireSocket, string> {
  const failures: string[] = [];
  for (const place of places) {
    try {
      const module: typeof RawSocket = createRequire(new URL(place, import.meta.url))('raw-socket');
      return ok(rawSocketTransport(module, () => addon?.closeOnExecFrom(FIRST_PRIVATE_DESCRIPTOR)));
    } catch (error) {
      failures.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
  }
  return fail(`raw-socket could not be loaded (${[...new Set(failures)].join('; ')})`);
}

/** Where raw-socket is looked for: seen from this source file, and from a bundle in dist/. */
const places = ['./wire-transport.js', '../packages/vrrp/package.json'];

const neither = (first: string, second: string): PortFailure => ({
  what: `open a socket for protocol 112: ${first}; ${second}. Run: npm run setup`,
  code: 'ERR_DLOPEN_FAILED',
});
