import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FuzzCase } from './fuzz-case.ts';

export interface CaseFolder {
  readonly folder: string;
  /** The main file. */
  readonly path: string;
}

/** Writes a case into an empty folder, readable for everybody. */
export function writeCase(folder: string, { text, others }: FuzzCase): CaseFolder {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'keepalived.conf');
  for (const [name, content] of [['keepalived.conf', text] as const, ...Object.entries(others)]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content, { encoding: 'latin1', mode: 0o644 });
  }
  return { folder, path };
}
