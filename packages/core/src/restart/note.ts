import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { fail, ok, type Result } from '@holdfast/kit';
import * as z from 'zod';
import { override } from '../control/api/pool.ts';
import { microsOf } from '../supervisor/contract-parts.ts';
import { savedPools } from '../supervisor/from-healthcheck.ts';
import { savedInstance } from '../supervisor/from-vrrp.ts';
import type { RestartNote } from './decision.ts';

const content = z.object({
  place: z.string(),
  configuration: z.string(),
  leftAt: microsOf,
  instances: z.array(savedInstance),
  pools: savedPools,
  orders: z.object({
    handedOver: z.array(z.string()),
    wishes: z.record(z.string(), z.array(z.object({ server: z.string(), override }))),
  }),
}) satisfies z.ZodType<RestartNote>;

/** Writes the note in the place of an older one, whole or not at all; only root reads it. @returns why it could not */
export function writeRestartNote(path: string, note: RestartNote): Result<void, string> {
  try {
    rmSync(`${path}.new`, { force: true });
    writeFileSync(`${path}.new`, `${JSON.stringify(note)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(`${path}.new`, path);
    return ok(undefined);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Reads what a predecessor left, and removes it: it holds for one start. What makes no sense, or is not this user's own
 * file, says nothing.
 */
export function takeRestartNote(path: string): RestartNote | undefined {
  const text = readOwn(path);
  rmSync(path, { force: true });
  if (text === undefined) return undefined;
  try {
    const read = content.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** A pid file may stand in a folder that everybody writes to: no link is followed, and nobody else's file is believed. */
function readOwn(path: string): string | undefined {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const status = fstatSync(fd);
      return status.isFile() && status.uid === process.geteuid?.() ? readFileSync(fd, 'utf8') : undefined;
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}
