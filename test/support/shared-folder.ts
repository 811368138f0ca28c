import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from '../lab-support/root-folder.ts';

/** The folder of reference data beside the repository, absolute; undefined without it or with HOLDFAST_SHARED=none. */
export function sharedFolder(): string | undefined {
  const folder = join(rootFolder, '..', 'shared');
  return process.env['HOLDFAST_SHARED'] !== 'none' && existsSync(join(folder, 'reference'))
    ? folder
    : undefined;
}
