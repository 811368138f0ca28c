import { resolve } from 'node:path';
import type { Config } from '@holdfast/config';
import type { Configuration } from '@holdfast/core/api';
import { ok, type Result } from '@holdfast/kit';
import { client, type Trouble } from '../control/client.ts';
import { version } from '../version.ts';

/** What a daemon runs, and how it would read a file. */
export interface RunningDaemon {
  readonly config: Config;
  /** The whole name of the file that a reload reads. */
  readonly file: string;
  readonly readAs: Pick<Configuration, 'configId' | 'withVrrp' | 'withChecks'>;
}

/** Asks the daemon at a control socket for the configuration in force; passwords in it are empty. */
export async function askDaemon(socketPath: string): Promise<Result<RunningDaemon, Trouble>> {
  const { configuration } = await import('@holdfast/core/api');
  const answer = await client(socketPath).get('/v1/configuration', configuration);
  if (!answer.ok) return answer;
  const { configuration: config, configurationFile, directory, ...readAs } = answer.value;
  if (answer.value.version !== version || !isConfig(config)) return { ok: false, error: otherVersion };
  return ok({ config, file: resolve(directory, configurationFile), readAs });
}

const otherVersion: Trouble = {
  message: 'the daemon is of another version, and its configuration may mean something else',
  remedy: 'use the holdfast program of the same version, or compare two files: holdfast plan OLD NEW',
};

/** What the same version sends is its typed configuration: only the outermost shape is looked at. */
const isConfig = (value: unknown): value is Config =>
  typeof value === 'object' &&
  value !== null &&
  'global' in value &&
  ['vrrpScripts', 'vrrpInstances', 'virtualServers'].every((key) => Array.isArray(Reflect.get(value, key)));
