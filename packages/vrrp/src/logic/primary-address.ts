import { type Family, familyOf, type IpAddress } from '@holdfast/kit';

/** An address of the interface, in the kernel's order. */
interface InterfaceAddress {
  readonly address: IpAddress;
  readonly tentative: boolean;
}

/**
 * Where adverts come from: the interface's first usable address of the family that is no virtual address of any
 * instance (RFC 9568 §5.1.1.1). VIPs come and go, so they are never the source.
 */
export function primaryAddress(
  addresses: readonly InterfaceAddress[],
  family: Family,
  virtual: ReadonlySet<IpAddress>,
): IpAddress | undefined {
  return addresses.find((a) => familyOf(a.address) === family && !a.tentative && !virtual.has(a.address))
    ?.address;
}
