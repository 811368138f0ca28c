import type { NativeSocket, Outgoing } from '@holdfast/native';
import { type WireFailure, wireFailure } from './wire-failure.ts';

/**
 * Sends all in order, in one system call where the kernel takes them all. One that is refused does not keep back those
 * behind it.
 * @param describe what is being done with the message of this index, for its failure
 */
export function sendAll(
  socket: Pick<NativeSocket, 'send'>,
  messages: readonly Outgoing[],
  describe: (index: number) => string,
): readonly WireFailure[] {
  const failures: WireFailure[] = [];
  for (let sent = 0; sent < messages.length; ) {
    try {
      sent += socket.send(sent === 0 ? messages : messages.slice(sent));
    } catch (error) {
      failures.push(wireFailure(describe(sent), error));
      sent++;
    }
  }
  return failures;
}
