import { readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { VirtualAddress } from '@holdfast/config';
import { parseAddress } from '@holdfast/kit';
import * as z from 'zod';

/** Enough of an address to take it from the kernel. */
export type HeldAddress = Pick<VirtualAddress, 'interface' | 'address' | 'prefixLength' | 'peer'>;

/**
 * What this daemon holds in the kernel, on disk: a daemon that is killed with all its processes leaves its addresses
 * behind, and a successor whose file no longer names them could not know that they were ours.
 */
export interface HeldAddresses {
  /** Notes what is held now; nothing is written while it is what stands there. */
  note(addresses: readonly HeldAddress[]): void;
  /** What a predecessor in this boot and this network namespace noted last. A file that makes no sense holds nothing. */
  left(): readonly HeldAddress[];
  remove(): void;
}

const address = z.string().transform((text, context) => {
  const parsed = parseAddress(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'not an IP address' });
  return z.NEVER;
});
const prefixLength = z.int().min(0).max(128);
const content = z.object({
  place: z.string(),
  addresses: z.array(
    z.object({
      interface: z.string(),
      address,
      prefixLength,
      peer: z
        .object({ address, prefixLength })
        .optional()
        .transform((peer) => peer),
    }),
  ),
});

/**
 * @param path of the file, beside the pid file
 * @param place what the note is valid for: a boot and a network namespace
 * @param failed is told why it cannot be written; the daemon goes on without
 */
export function heldAddresses(
  path: string,
  place: string,
  failed: (reason: string) => void = () => undefined,
): HeldAddresses {
  let written = '';
  return {
    note(addresses) {
      const text = noteText(place, addresses);
      if (text === written) return;
      written = text;
      try {
        // A file in the place of the old one, whole at any moment; whoever reads it needs root anyway.
        rmSync(`${path}.new`, { force: true });
        writeFileSync(`${path}.new`, text, { mode: 0o600, flag: 'wx' });
        renameSync(`${path}.new`, path);
      } catch (error) {
        failed(error instanceof Error ? error.message : String(error));
      }
    },
    left() {
      const noted = readNote(path);
      return noted?.place === place ? noted.addresses : [];
    },
    remove() {
      rmSync(path, { force: true });
    },
  };
}

function noteText(place: string, addresses: readonly HeldAddress[]): string {
  const entries = addresses.map((held) => ({
    interface: held.interface,
    address: held.address,
    prefixLength: held.prefixLength,
    peer: held.peer,
  }));
  return `${JSON.stringify({ place, addresses: entries })}\n`;
}

function readNote(path: string): z.output<typeof content> | undefined {
  try {
    const read = content.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** This boot and this network namespace: elsewhere the same address may be somebody else's. */
export function presentPlace(): string {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot} ${readlinkSync('/proc/self/ns/net')}`;
}
