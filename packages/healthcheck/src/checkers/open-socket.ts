import { Socket } from 'node:net';
import type { CheckTarget } from '@holdfast/config';
import { fail, familyOf, ok, type Result } from '@holdfast/kit';
import { type Addon, AF, loadAddon, SO, SOCK, SOL } from '@holdfast/native';

let addon: Addon | undefined;

/**
 * A socket that has not connected yet. `bind_if` and `fwmark` have to be set before it does, which Node cannot: then a
 * native socket is opened, and Node goes on with its descriptor.
 * @returns the reason where this machine refuses
 */
export function openSocket(target: CheckTarget): Result<Socket, string> {
  const options = optionsOf(target);
  if (options.length === 0) return ok(new Socket());
  addon ??= loadAddon();
  let doing = 'socket';
  let opened: InstanceType<Addon['Socket']> | undefined;
  try {
    opened = new addon.Socket(familyOf(target.address) === 6 ? AF.INET6 : AF.INET, SOCK.STREAM, 0);
    for (const { text, option, value } of options) {
      doing = text;
      opened.setOption(SOL.SOCKET, option, value);
    }
  } catch (error) {
    opened?.close();
    return fail(refusalText(doing, error));
  }
  return ok(new Socket({ fd: opened.release(), readable: true, writable: true }));
}

interface SocketOption {
  readonly text: string;
  readonly option: number;
  readonly value: number | Uint8Array;
}

function optionsOf({ bindInterface, fwmark }: CheckTarget): readonly SocketOption[] {
  const named = bindInterface === undefined ? [] : [toInterface(bindInterface)];
  return fwmark === undefined || fwmark === 0
    ? named
    : [...named, { text: `fwmark ${fwmark}`, option: SO.MARK, value: fwmark }];
}

const toInterface = (name: string): SocketOption => ({
  text: `bind_if ${name}`,
  option: SO.BINDTODEVICE,
  value: Buffer.from(`${name}\0`),
});

const remedies: ReadonlyMap<string, string> = new Map([
  ['ENODEV', 'there is no such interface'],
  ['EPERM', 'this needs CAP_NET_ADMIN and CAP_NET_RAW'],
]);

/** @throws what is no refusal of the kernel's */
function refusalText(doing: string, error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const code = String(error.code);
  const remedy = remedies.get(code);
  return `${doing} failed: ${code}${remedy === undefined ? '' : ` (${remedy})`}`;
}
