import { statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { fail, ok, type Result } from '@holdfast/kit';

/** Why nothing came of it, with what to do: one sentence each. */
export interface Trouble {
  readonly message: string;
  readonly remedy: string;
}

/** Tells whether data is what was expected; the API's schemas are such. */
export interface Schema<T> {
  safeParse(data: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

/** Speaks to the daemon at a unix socket. */
export interface Client {
  get<T>(path: string, schema: Schema<T>): Promise<Result<T, Trouble>>;
  post<T>(path: string, body: unknown, schema: Schema<T>): Promise<Result<T, Trouble>>;
  /** Hands over line by line until the daemon has no more to say. */
  lines(path: string, each: (line: string) => void): Promise<Result<void, Trouble>>;
}

/** A daemon that takes longer is in trouble, in milliseconds. */
const patience = 5000;

/** @param socketPath where the daemon listens */
export function client(socketPath: string): Client {
  const ask = async <T>(
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    schema: Schema<T>,
  ): Promise<Result<T, Trouble>> => {
    const response = await send(socketPath, method, path, body);
    if (!response.ok) return response;
    const text = await textOf(response.value);
    return text.ok ? understand(response.value.statusCode ?? 0, text.value, schema) : text;
  };
  return {
    get: (path, schema) => ask('GET', path, undefined, schema),
    post: (path, body, schema) => ask('POST', path, body, schema),
    lines: (path, each) => readLines(socketPath, path, each),
  };
}

async function send(
  socketPath: string,
  method: string,
  path: string,
  body: unknown,
): Promise<Result<IncomingMessage, Trouble>> {
  const { request } = await import('node:http');
  return new Promise((resolve) => {
    const sent = request({ socketPath, method, path, agent: false }, (response) => {
      sent.setTimeout(0);
      resolve(ok(response));
    });
    sent.setTimeout(patience, () => sent.destroy(new TypeError('timeout')));
    sent.on('error', (error) => resolve(fail(connectionTrouble(socketPath, error))));
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function textOf(response: IncomingMessage): Promise<Result<string, Trouble>> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(Buffer.from(chunk));
    return ok(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return fail(cutShort);
  }
}

async function readLines(
  socketPath: string,
  path: string,
  each: (line: string) => void,
): Promise<Result<void, Trouble>> {
  const response = await send(socketPath, 'GET', path, undefined);
  if (!response.ok) return response;
  if (response.value.statusCode !== 200) {
    const text = await textOf(response.value);
    return text.ok ? fail(await refusalIn(text.value)) : text;
  }
  const { createInterface } = await import('node:readline');
  try {
    for await (const line of createInterface({ input: response.value })) if (line !== '') each(line);
  } catch {
    return fail(cutShort);
  }
  return response.value.complete ? ok(undefined) : fail(cutShort);
}

const cutShort: Trouble = {
  message: 'the daemon ended before it had said everything',
  remedy: 'its log says why; try again when it runs',
};

/** Another version's answer may not be what is expected here: that is said, and not guessed at. */
async function understand<T>(status: number, text: string, schema: Schema<T>): Promise<Result<T, Trouble>> {
  if (status !== 200) return fail(await refusalIn(text));
  const parsed = schema.safeParse(parse(text));
  if (parsed.success) return ok(parsed.data);
  return fail({
    message: 'the daemon answers what this program does not understand',
    remedy: 'use the holdfast program of the same version as the daemon, or --json',
  });
}

async function refusalIn(text: string): Promise<Trouble> {
  const { refusal } = await import('@holdfast/core/api');
  const parsed = refusal.safeParse(parse(text));
  return parsed.success
    ? parsed.data.error
    : { message: `the daemon refuses: ${text.slice(0, 200)}`, remedy: 'see its log' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function connectionTrouble(path: string, error: Error & { readonly code?: string }): Trouble {
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return noRight(path);
    case 'ENOENT':
      return {
        message: `no daemon answers: there is no ${path}`,
        remedy:
          'start holdfastd; if it runs with -p FILE or --control-socket, name the socket with --socket (it is FILE.sock)',
      };
    case 'ECONNREFUSED':
      return {
        message: `no daemon answers at ${path}: it was left by one that is dead`,
        remedy: 'start holdfastd',
      };
    default:
      return error.message === 'timeout'
        ? {
            message: `the daemon at ${path} does not answer within ${patience / 1000} s`,
            remedy: 'its log may say why',
          }
        : { message: `${path}: ${error.code ?? error.message}`, remedy: 'see the log of the daemon' };
  }
}

function noRight(path: string): Trouble {
  const message = `you may not speak to the daemon at ${path}`;
  return groupOf(path) === 0
    ? {
        message,
        remedy: 'it is for root only: use sudo; for others make a group holdfast and start the daemon anew',
      }
    : {
        message,
        remedy:
          'it is for root and the group holdfast: use sudo, or `sudo usermod -aG holdfast YOU` and log in anew',
      };
}

function groupOf(path: string): number | undefined {
  try {
    return statSync(path).gid;
  } catch {
    return undefined;
  }
}
