import type { AddressRequest } from '../types.ts';

/** What is asked, for people: "add address 10.8.0.100/32 to interface 3". */
export function asWords(
  verb: 'add' | 'delete',
  { index, address, prefixLength, peer }: AddressRequest,
): string {
  const towards = peer === undefined ? '' : ` peer ${peer.address}/${peer.prefixLength}`;
  return `${verb} address ${address}/${prefixLength}${towards} ${verb === 'add' ? 'to' : 'from'} interface ${index}`;
}
