import { readdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { InterfaceAddress, Interfaces } from '@holdfast/config';
import { parseAddress } from '@holdfast/kit';

/** This machine's interfaces with their networks, also those that are down; `undefined` where /sys does not tell. */
export function machineInterfaces(): Interfaces | undefined {
  const known = networkInterfaces();
  try {
    return new Map(
      readdirSync('/sys/class/net').map((name) => [
        name,
        (known[name] ?? []).flatMap(({ cidr }) => toAddress(cidr)),
      ]),
    );
  } catch {
    return undefined;
  }
}

function toAddress(cidr: string | null): InterfaceAddress[] {
  const [text = '', length] = cidr?.split('/') ?? [];
  const address = parseAddress(text);
  return address === undefined ? [] : [{ address, prefixLength: Number(length) }];
}
