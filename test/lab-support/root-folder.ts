import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of the repository, from the sources as from the bundles in dist/. */
export const rootFolder: string = find(dirname(fileURLToPath(import.meta.url)));

function find(folder: string): string {
  const above = dirname(folder);
  return above === folder || existsSync(join(folder, 'pnpm-workspace.yaml')) ? folder : find(above);
}
