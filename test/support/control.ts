import { spawn } from 'node:child_process';
import { type IncomingMessage, request } from 'node:http';
import { dirname, join } from 'node:path';
import { handoverAnswer, instance, type Status, status } from '@holdfast/core/api';
import type { Daemon } from '../lab-support/daemon.ts';
import { rootFolder } from '../lab-support/root-folder.ts';

/** The control socket of a daemon that the laboratory has started: beside its pid file. */
export const socketOf = ({ configFile }: Daemon): string => join(dirname(configFile), 'core.pid.sock');

/** Speaks to a daemon as any client of its API does. */
export interface ControlClient {
  readonly get: (path: string) => Promise<unknown>;
  readonly post: (path: string, body: object) => Promise<unknown>;
  readonly status: () => Promise<Status>;
  readonly stateOf: (name: string) => Promise<string>;
  readonly handOver: (name: string, on: boolean) => Promise<string>;
}

export function controlClient(socketPath: string): ControlClient {
  const get = (path: string): Promise<unknown> => ask(socketPath, 'GET', path);
  const post = (path: string, body: object): Promise<unknown> => ask(socketPath, 'POST', path, body);
  return {
    get,
    post,
    status: async () => status.parse(await get('/v1/status')),
    stateOf: async (name) => instance.parse(await get(`/v1/instances/${name}`)).state,
    handOver: async (name, on) =>
      handoverAnswer.parse(await post(`/v1/instances/${name}/handover`, { on })).state,
  };
}

async function ask(socketPath: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({ socketPath, method, path, agent: false }, resolve);
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return JSON.parse(text);
}

/** Starts `holdfast`, to be read while it runs. */
export function startHoldfast(words: readonly string[]): {
  readonly out: () => string;
  /** Its exit status, when it has ended. */
  readonly ended: Promise<number | null>;
} {
  const child = spawn(process.execPath, [join(rootFolder, 'dist', 'holdfast.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.on('data', (bytes) => {
    out += String(bytes);
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { out: () => out, ended };
}

/** Runs `holdfast` to its end. @param as the user and group id to run it under */
export function holdfast(
  words: readonly string[],
  as?: number,
): Promise<{ readonly status: number | null; readonly out: string; readonly err: string }> {
  const program = [process.execPath, join(rootFolder, 'dist', 'holdfast.mjs'), ...words];
  const disguise = as === undefined ? [] : ['setpriv', `--reuid=${as}`, `--regid=${as}`, '--clear-groups'];
  const [file = '', ...rest] = [...disguise, ...program];
  const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (bytes) => {
    out += String(bytes);
  });
  child.stderr.on('data', (bytes) => {
    err += String(bytes);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, err }));
  });
}
