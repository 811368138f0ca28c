import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';
import { rootFolder } from '../lab-support/root-folder.ts';
import { sharedFolder } from './shared-folder.ts';

/** What a test needs of the machine. */
export interface Requirements {
  readonly root?: boolean;
  /** Programs that must be found. */
  readonly tools?: readonly string[];
  /** The folder of reference data beside the repository. */
  readonly shared?: boolean;
  /** Real services, by their programs: installed here, or fetched by the set-up. */
  readonly services?: readonly string[];
  /** The optional package raw-socket, which is compiled where there is a compiler. */
  readonly rawSocket?: boolean;
}

/** What is missing here, in words; undefined when all is there. */
export function whatIsMissing(needs: Requirements): string | undefined {
  if (needs.root === true && process.getuid?.() !== 0) return 'needs root';
  if (needs.shared === true && sharedFolder() === undefined) return 'no ../shared beside the repository';
  if (needs.rawSocket === true && !rawSocketLoads()) return 'no raw-socket: it was not compiled here';
  const absent = (needs.services ?? []).filter((name) => !isInstalled(name) && !isFetched(name));
  if (absent.length > 0) return `npm run setup could not fetch: ${absent.join(', ')}`;
  const missing = (needs.tools ?? []).filter((tool) => !isInstalled(tool));
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
}

/** A `describe` that is skipped, with the reason in its name, where the machine lacks something. */
export function describeWith(needs: Requirements, name: string, tests: () => void): void {
  const missing = whatIsMissing(needs);
  if (missing === undefined) describe(name, tests);
  else describe.skip(`${name} (skipped: ${missing})`, tests);
}

function rawSocketLoads(): boolean {
  try {
    createRequire(join(rootFolder, 'packages', 'vrrp', 'package.json'))('raw-socket');
    return true;
  } catch {
    return false;
  }
}

const isFetched = (name: string): boolean =>
  existsSync(join(rootFolder, '.cache', 'services', 'root', 'usr', 'sbin', name));

function isInstalled(tool: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
