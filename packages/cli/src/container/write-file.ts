import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '@holdfast/kit';
import { type Obstacle, obstacle } from './obstacle.ts';

/** Writes the generated configuration, for root alone, for it may hold a password. @returns its path */
export function writeConfiguration(directory: string, text: string): Result<string, Obstacle> {
  const path = join(directory, 'keepalived.conf');
  try {
    if (!existsSync(directory)) mkdirSync(directory, { mode: 0o755 });
    writeFileSync(`${path}.new`, text, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return ok(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return fail(
      obstacle(
        `${path} cannot be written (${code})`,
        'give the container a writable /run (--tmpfs /run), or set HOLDFAST_DIRECTORY to a folder that is',
      ),
    );
  }
}
