import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedFolder } from '../support/shared-folder.ts';

/** The text of a file as the tutorial prints it. Tests that read one need the shared folder (`shared: true`). */
export const seed = (name: string): string =>
  readFileSync(join(sharedFolder() ?? '', 'seeds', name), 'utf8').replaceAll('\r\n', '\n');
