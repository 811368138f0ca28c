import type { Refusal } from '../api/index.ts';

/** What a route answers: a value that becomes JSON, or bytes that are JSON already. */
export interface Reply {
  readonly status: number;
  readonly body: Buffer;
}

/** @param value plain data */
export const reply = (value: unknown, status = 200): Reply => ({
  status,
  body: Buffer.from(`${JSON.stringify(value)}\n`),
});

const statuses: Readonly<Record<Refusal['error']['code'], number>> = {
  'bad-request': 400,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-slow': 408,
  'too-large': 413,
  'too-many-clients': 503,
  unavailable: 503,
  'internal-error': 500,
};

/** Says what is wrong with a request, and what to do. */
export function refuse(code: Refusal['error']['code'], message: string, remedy: string): Reply {
  const body: Refusal = { error: { code, message, remedy } };
  return reply(body, statuses[code]);
}
