import { rmSync } from 'node:fs';
import { ok, type Result } from '@holdfast/kit';
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
  try {
    const opened = await open(path, desk, events, logger);
    if (opened.ok) return opened.value;
    logger.log(say.unavailable(path, opened.error));
  } catch (error) {
    // A bug in what serves operators is no reason to leave clients without a router.
    logger.log(say.bug(textOf(error)));
  }
  return undefined;
}

async function open(
  path: string,
  desk: Desk,
  events: EventRing,
  logger: Logger,
): Promise<Result<ControlSocket, string>> {
  const prepared = await prepareSocket(path);
  if (!prepared.ok) return prepared;
  const [{ openServer }, { control }] = await Promise.all([import('./http/server.ts'), import('./serve.ts')]);
  const handler = control(desk, events, () => performance.now());
  const server = await openServer(path, handler, (error) => logger.log(say.bug(textOf(error))));
  if (!server.ok) return server;
  const group = groupInFile(controlGroup);
  const shared = openToGroup(path, group);
  if (!shared.ok) {
    server.value.close();
    return shared;
  }
  logger.log(say.listening(path, group === undefined ? 'root' : `root and the group ${controlGroup}`));
  return ok({ close: () => close(path, server.value) });
}

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

function close(path: string, server: ControlServer): void {
  server.close();
  rmSync(path, { force: true });
}
