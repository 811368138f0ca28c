import type { IpAddress } from '@holdfast/kit';

/** An address of an interface; without its network where only the address is known. */
export type InterfaceAddress = IpAddress | { readonly address: IpAddress; readonly prefixLength: number };

/** The machine's interfaces by name. */
export type Interfaces = ReadonlyMap<string, readonly InterfaceAddress[]>;

export const addressOf = (known: InterfaceAddress): IpAddress =>
  typeof known === 'string' ? known : known.address;
