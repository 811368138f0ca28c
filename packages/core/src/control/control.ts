import { rmSync } from 'node:fs';
import type { Logger } from '../log/logger.ts';
import { groupInFile } from '../scripts/accounts.ts';
import type { Desk } from './desk.ts';
import type { EventRing } from './event-ring.ts';
import type { ControlServer } from './http/server.ts';
import { controlMessages as say } from './messages.ts';
import { openToGroup, prepareSocket } from './socket-file.ts';

export interface ControlSocket {
  /** Removes the socket; clients are dropped. */
  close(): void;
}

/** Members may do what root may on the control socket. */
export const controlGroup = 'holdfast';

/**
 * Opens the control socket; called when the workers are at work, and loads what it needs only then. Where it cannot be
 * opened the log says why, and the daemon goes on.
 * @param path undefined: none is wanted
 */
export async function openControl(
  path: string | undefined,
  desk: Desk,
  events: EventRing,
  logger: Logger,
): Promise<ControlSocket | undefined> {
  if (path === undefined) return undefined;
  const refuse = (why: string): undefined => void logger.log(say.unavailable(path, why));
  const prepared = prepareSocket(path);
  if (!prepared.ok) return refuse(prepared.error);
  const [{ openServer }, { control }] = await Promise.all([import('./http/server.ts'), import('./serve.ts')]);
  const server = await openServer(
    path,
    control(desk, events, () => performance.now()),
    (error) => logger.log(say.bug(error instanceof Error ? (error.stack ?? error.message) : String(error))),
  );
  if (!server.ok) return refuse(server.error);
  const group = groupInFile(controlGroup);
  const opened = openToGroup(path, group);
  if (!opened.ok) {
    server.value.close();
    return refuse(opened.error);
  }
  logger.log(say.listening(path, group === undefined ? 'root' : `root and the group ${controlGroup}`));
  return { close: () => close(path, server.value) };
}

function close(path: string, server: ControlServer): void {
  server.close();
  rmSync(path, { force: true });
}
