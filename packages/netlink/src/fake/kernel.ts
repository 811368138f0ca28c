import { familyOf, inNetwork } from '@holdfast/kit';
import { scope } from '../route/constants.ts';
import type { AddressRequest, Link, LinkAddress, LinkEvent } from '../types.ts';

/** The part of Linux's addresses that callers can tell apart; errno 0 is success. */
export interface FakeKernel {
  readonly links: Map<number, Link>;
  addresses: readonly LinkAddress[];
  /** net.ipv4.conf.*.promote_secondaries. */
  promoteSecondaries: boolean;
  readonly emit: (event: LinkEvent) => void;
}

/** RTM_NEWADDR with CREATE and EXCL, or with REPLACE where a lifetime is given. Time does not pass in here. */
export function addAddress(kernel: FakeKernel, request: AddressRequest): FakeAnswer {
  const prefixLength = request.peer?.prefixLength ?? request.prefixLength;
  const there = kernel.addresses.find(
    (entry) => sameAddress(entry, request) && entry.prefixLength === prefixLength,
  );
  if (there !== undefined && request.lifetime !== undefined) return change(kernel, there, request);
  const refusal = refusedAddition(kernel, request, prefixLength);
  if (refusal !== undefined) return refusal;
  const address: LinkAddress = {
    index: request.index,
    address: request.address,
    prefixLength,
    scope: request.scope ?? scope.global,
    secondary: familyOf(request.address) === 4 && hasPrimary(kernel, { ...request, prefixLength }),
    tentative: false,
    protocol: request.protocol ?? 0,
    ...expiry(request),
  };
  kernel.addresses = [...kernel.addresses, address];
  kernel.emit({ kind: 'address', address });
  return success;
}

const expiry = ({ lifetime }: AddressRequest): Pick<LinkAddress, 'expires'> =>
  typeof lifetime === 'number' ? { expires: true } : {};

function change(kernel: FakeKernel, there: LinkAddress, request: AddressRequest): FakeAnswer {
  const { expires: _, ...rest } = there;
  const address: LinkAddress = { ...rest, protocol: request.protocol ?? 0, ...expiry(request) };
  kernel.addresses = kernel.addresses.map((entry) => (entry === there ? address : entry));
  kernel.emit({ kind: 'address', address });
  return success;
}

/** RTM_DELADDR with LOCAL and ADDRESS. A primary IPv4 address takes the secondaries of its subnet along, or one succeeds it. */
export function deleteAddress(kernel: FakeKernel, request: AddressRequest): FakeAnswer {
  if (!kernel.links.has(request.index)) return noDevice(request);
  const prefixLength = request.peer?.prefixLength ?? request.prefixLength;
  const found = kernel.addresses.find(
    (entry) => sameAddress(entry, request) && entry.prefixLength === prefixLength,
  );
  if (found === undefined) {
    return {
      errno: 99,
      text: `ipv${familyOf(request.address)}: ${familyOf(request.address) === 4 ? 'A' : 'a'}ddress not found`,
    };
  }
  remove(kernel, found);
  if (familyOf(found.address) === 4 && !found.secondary) succeed(kernel, found);
  return success;
}

/** Removes an address without its consequences for others, and tells. */
export function remove(kernel: FakeKernel, address: LinkAddress): void {
  kernel.addresses = kernel.addresses.filter((entry) => entry !== address);
  kernel.emit({ kind: 'address-gone', address });
}

export interface FakeAnswer {
  readonly errno: number;
  readonly text: string;
}

const success: FakeAnswer = { errno: 0, text: '' };

/** The kernel's checks in its order. */
function refusedAddition(
  kernel: FakeKernel,
  request: AddressRequest,
  prefixLength: number,
): FakeAnswer | undefined {
  const family = familyOf(request.address);
  if (request.label !== undefined && request.label.length > 15) return { errno: 34, text: '' };
  if (prefixLength > (family === 4 ? 32 : 128))
    return { errno: 22, text: `ipv${family}: Invalid prefix length` };
  if (!kernel.links.has(request.index)) return noDevice(request);
  const there = kernel.addresses.some(
    // IPv6 knows an address of an interface once, whatever its prefix length.
    (entry) => sameAddress(entry, request) && (family === 6 || entry.prefixLength === prefixLength),
  );
  if (there) return { errno: 17, text: `ipv${family}: address already assigned` };
  const primary = kernel.addresses.find(
    (entry) => !entry.secondary && sameSubnet(entry, { ...request, prefixLength }),
  );
  const wrongScope =
    family === 4 && primary !== undefined && primary.scope !== (request.scope ?? scope.global);
  return wrongScope ? { errno: 22, text: 'ipv4: Invalid scope value' } : undefined;
}

const noDevice = ({ address }: AddressRequest): FakeAnswer => ({
  errno: 19,
  text: familyOf(address) === 4 ? 'ipv4: Device not found' : '',
});

const sameAddress = (entry: LinkAddress, { index, address }: AddressRequest): boolean =>
  entry.index === index && entry.address === address;

const sameSubnet = (
  entry: LinkAddress,
  { index, address, prefixLength }: Pick<LinkAddress, 'index' | 'address' | 'prefixLength'>,
): boolean =>
  entry.index === index &&
  entry.prefixLength === prefixLength &&
  inNetwork(entry.address, address, prefixLength);

const hasPrimary = (
  kernel: FakeKernel,
  request: Pick<LinkAddress, 'index' | 'address' | 'prefixLength'>,
): boolean => kernel.addresses.some((entry) => !entry.secondary && sameSubnet(entry, request));

function succeed(kernel: FakeKernel, gone: LinkAddress): void {
  const secondaries = kernel.addresses.filter((entry) => entry.secondary && sameSubnet(entry, gone));
  if (!kernel.promoteSecondaries) {
    for (const entry of secondaries) remove(kernel, entry);
    return;
  }
  const [successor] = secondaries;
  if (successor === undefined) return;
  const promoted = { ...successor, secondary: false };
  kernel.addresses = kernel.addresses.map((entry) => (entry === successor ? promoted : entry));
  kernel.emit({ kind: 'address', address: promoted });
}
