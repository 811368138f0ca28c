import { hostname } from 'node:os';
import { nodeShellCheck, type ParseResult, parseConfig } from '@holdfast/config';
import { fail, ok, type Result } from '@holdfast/kit';
import type { Trouble } from '../control/client.ts';
import { machineInterfaces } from '../machine-interfaces.ts';
import type { Surroundings } from '../surroundings.ts';

export interface ReadOptions {
  readonly configId?: string;
  readonly interfaces: boolean;
}

/** Reads a file as the daemon of this machine would. */
export function readFile(
  path: string,
  { configId, interfaces }: ReadOptions,
  { directory, environment }: Pick<Surroundings, 'directory' | 'environment'>,
): Result<ParseResult, Trouble> {
  const result = parseConfig({
    path,
    directory,
    configId: configId ?? (hostname().split('.')[0] || 'localhost'),
    environment,
    interfaces: interfaces ? machineInterfaces() : undefined,
    shellCheck: nodeShellCheck,
  });
  if (result.files.length > 0) return ok(result);
  const why = result.diagnostics.find(({ code }) => code === 'file-unreadable');
  return fail({
    message: `cannot read ${path}${why === undefined ? '' : `: ${why.message}`}`,
    remedy: 'name a file that is there and readable',
  });
}
