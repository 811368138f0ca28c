import type * as z from 'zod';
import { type Reply, refuse } from './reply.ts';

/** One thing that can be asked for; the router and the OpenAPI document are derived from it. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** `/v1/instances/{instance}/why`: what stands in braces is handed to `answer`, decoded. */
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  /** Lines of JSON instead of one value. */
  readonly stream?: boolean;
}

export interface Match<R extends Route> {
  readonly route: R;
  /** The value of each brace, in order. */
  readonly parameters: readonly string[];
}

/** The route of a request, or why there is none. @param path without the query */
export function findRoute<R extends Route>(
  routes: readonly R[],
  method: string,
  path: string,
): Match<R> | Reply {
  const matches = routes.flatMap((route) => {
    const parameters = parametersOf(route.path, path);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
  const match = matches.find(({ route }) => route.method === method);
  if (match !== undefined) return match;
  if (matches.length > 0)
    return refuse(
      'method-not-allowed',
      `${path} is not asked for with ${method}`,
      `use ${matches.map(({ route }) => route.method).join(' or ')}`,
    );
  return refuse(
    'not-found',
    `there is nothing at ${path.slice(0, 200)}`,
    'GET /v1/openapi.json describes what there is',
  );
}

function parametersOf(pattern: string, path: string): readonly string[] | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const parameters: string[] = [];
  for (const [i, part] of wanted.entries()) {
    const text = given[i] ?? '';
    if (!part.startsWith('{')) {
      if (part !== text) return undefined;
      continue;
    }
    const decoded = decode(text);
    if (decoded === undefined || decoded === '') return undefined;
    parameters.push(decoded);
  }
  return parameters;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Reads data by its schema. @returns what does not fit, as a refusal */
export function read<T>(schema: z.ZodType<T>, data: unknown, what: string): { readonly value: T } | Reply {
  const parsed = schema.safeParse(data);
  if (parsed.success) return { value: parsed.data };
  const issues = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  return refuse(
    'bad-request',
    `the ${what} does not fit: ${issues.join('; ').slice(0, 1000)}`,
    'GET /v1/openapi.json describes what is expected',
  );
}
